#pragma once

#include "app/panels/parts/context.h"
#include "engine/learning/landscape.h"

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
  // The parameters in the order in which they can be chosen: first those of the plane and output
  // channel that are shown.
  std::vector<Index> choice;
  std::shared_ptr<const QuadraticLoss> choice_of;  // that, of these
  ShownPlanes choice_shown;
  LandscapeAxes axes;  // what follows was made for these
  LandscapePlane plane;
  PlaneQuadratic quadratic;
  std::string x_name, y_name;
  // The way that the run took, of this snapshot: its keyframes as far as it has come, and where it
  // is now.
  std::vector<PlanePoint> way;
  std::uint64_t way_of = 0;
  std::vector<KeyframePtr> projected;  // keyframes and where they are: each is projected once
  std::vector<PlanePoint> projections;
  PlaneRanges ranges;
  ui::ValueRange band_range;
  std::uint64_t version = 0;
  bool dragging = false;  // the start
  float controls = 0.0f;  // their height
};

// Inside a card.
void draw_landscape(const PanelContext& context, LandscapePanelState& state, ImVec2 size);

}  // namespace convscope
