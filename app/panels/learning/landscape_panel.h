#pragma once

#include <span>

#include "app/panels/learning/landscape_path.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/ui/heatmap_view.h"
#include "engine/learning/landscape.h"

namespace convscope::panels {

// The two axes of a landscape: two parameters, or the two steepest eigenvectors of H.
struct LandscapeAxes {
  std::shared_ptr<const TrainingAnalysis> analysis;
  bool principal = false;  // whether the axes are eigenvectors
  Yx places{-1, -1};       // flat places (as in QuadraticLoss) of the parameters on y and x
  friend bool operator==(const LandscapeAxes&, const LandscapeAxes&) = default;
};

// The parameters in the order in which the user chooses among them. Those of the shown plane and
// output channel come first.
struct LandscapeChoice {
  std::vector<Index> flat;                    // flat places of the parameters
  std::shared_ptr<const QuadraticLoss> loss;  // the loss whose parameters these are
  ShownPlanes shown;                          // the planes that the order was made for
};

// The loss over a plane through the parameter space, as it is drawn.
struct LandscapeSurface {
  LandscapeAxes axes;  // the axes that all other members were made for
  LandscapePlane plane;
  PlaneQuadratic quadratic;
  std::string x_name, y_name;
  PlaneRanges ranges;
  Tensor bands;  // the logarithm of the loss, rounded down to steps whose edges are contours
  ui::ValueRange band_range;
  Revision revision;  // revision of `bands`
};

// The state of the landscape between frames.
struct LandscapePanelState {
  ui::HeatmapViewState heatmap;
  bool principal = false;  // whether the axes are H's two steepest directions, not two parameters
  Yx places{0, 1};         // positions in `choice` of the parameters on the axes y and x
  LandscapeChoice choice;
  LandscapeSurface surface;
  LandscapePaths paths;
  bool dragging = false;  // whether the start of the run is being dragged
  float controls = 0.0f;  // height of the controls in pixels
};

// Draws the loss over two directions of the parameters, the path of the run, and the controls, in
// `size` pixels at ImGui's cursor, with the paths and names of the runs beside it, of which `kept`
// are frozen copies. Pressing or dragging sets the start of the run.
void draw_landscape(const PanelContext& context, LandscapePanelState& state,
                    std::span<const KeptRun> kept, ImVec2 size);

}  // namespace convscope::panels
