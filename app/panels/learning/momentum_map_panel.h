#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/session/known_rates.h"
#include "app/ui/heatmap_view.h"
#include "engine/learning/momentum_map.h"

namespace convscope::panels {

// The map of rates and momenta as it is drawn: what it was made for, and its picture.
struct MomentumMapPicture {
  MomentumMapAxes axes;
  bool nesterov = false;
  double largest = 0.0, smallest = 0.0;
  Yx cells;
  Tensor bands;  // log10 of the steps for a digit, rounded down to steps whose edges are contours
  Revision revision;
};

// The state of the map between frames.
struct MomentumMapState {
  ui::HeatmapViewState heatmap;
  MomentumMapPicture picture;
  bool dragging = false;  // whether the present point is being dragged
  float controls = 0.0f;  // height of the controls in pixels
};

// Draws the map of rates (across) and momenta (up) in `size` pixels at ImGui's cursor: how many
// steps the slowest direction takes for a digit, the cliff, the best point, and the present one,
// which a press or a drag moves. Nesterov's momentum has its own map; Adam has none.
void draw_momentum_map(const PanelContext& context, MomentumMapState& state, ImVec2 size);

}  // namespace convscope::panels
