#pragma once

#include "app/panels/context.h"
#include "engine/landscape.h"

namespace convscope {

// Two parameters by their flat places, or two eigenvectors, of an analysis.
struct LandscapeAxes {
  std::shared_ptr<const TrainingAnalysis> analysis;
  bool principal = false;
  Yx places{-1, -1};
  friend bool operator==(const LandscapeAxes&, const LandscapeAxes&) = default;
};

// The loss over two directions of the parameters, with the way that the run took.
struct LandscapePanelState {
  ui::HeatmapViewState heatmap;
  bool principal = false;  // along H's two steepest directions, else over two weights
  Yx places{0, 1};         // of these weights of the shown plane: for y and x
  Tensor bands;            // the loss's logarithm in steps: contours
  Index choice = 0;        // so many weights can be chosen from
  LandscapeAxes axes;      // what follows was made for these
  LandscapePlane plane;
  PlaneQuadratic quadratic;
  std::string x_name, y_name;
  PlaneRanges ranges;
  std::uint64_t version = 0;
  bool dragging = false;  // the start
  float controls = 0.0f;  // their height
};

// Inside a card.
void draw_landscape(const PanelContext& context, LandscapePanelState& state, ImVec2 size);

}  // namespace convscope
