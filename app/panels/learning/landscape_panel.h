#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/ui/heatmap_view.h"
#include "engine/learning/landscape.h"

namespace convscope::panels {

// Two parameters by their flat places, or two eigenvectors, of an analysis.
struct LandscapeAxes {
  std::shared_ptr<const TrainingAnalysis> analysis;
  bool principal = false;
  Yx places{-1, -1};
  friend bool operator==(const LandscapeAxes&, const LandscapeAxes&) = default;
};

// The parameters in the order in which they can be chosen: first those of the plane and output
// channel that are shown.
struct LandscapeChoice {
  std::vector<Index> flat;
  std::shared_ptr<const QuadraticLoss> loss;  // what they are parameters of
  ShownPlanes shown;
};

// The loss over a plane of the parameters, as it is drawn.
struct LandscapeSurface {
  LandscapeAxes axes;  // what follows was made for these
  LandscapePlane plane;
  PlaneQuadratic quadratic;
  std::string x_name, y_name;
  PlaneRanges ranges;
  Tensor bands;  // the loss's logarithm in steps: contours
  ui::ValueRange band_range;
  Revision revision;  // of the bands
};

// The way that the run took: its keyframes as far as it has come, and where it is now.
struct LandscapeWay {
  std::vector<PlanePoint> points;
  std::uint64_t version = 0;           // the snapshot's
  std::vector<KeyframePtr> projected;  // keyframes and where they are: each is projected once
  std::vector<PlanePoint> projections;
};

// The loss over two directions of the parameters, with the way that the run took.
struct LandscapePanelState {
  ui::HeatmapViewState heatmap;
  bool principal = false;  // along H's two steepest directions, else over two weights
  Yx places{0, 1};         // of these weights of the choice: for y and x
  LandscapeChoice choice;
  LandscapeSurface surface;
  LandscapeWay way;
  bool dragging = false;  // the start
  float controls = 0.0f;  // their height
};

// Inside a card.
void draw_landscape(const PanelContext& context, LandscapePanelState& state, ImVec2 size);

}  // namespace convscope::panels
