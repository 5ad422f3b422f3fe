#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/session/direction_bars.h"

namespace convscope::panels {

// The state of the bars between frames.
struct DirectionsState {
  bool log = false;  // whether the bars are logarithmic
  std::vector<DirectionBar> bars;
  // What the bars were made for.
  std::uint64_t version = 0;
  Index row = -1, most = 0;
  float rate = 0.0f;
  OptimizerOptions optimizer;
  float controls = 0.0f;  // height of the controls in pixels
};

// Draws one bar for each eigenvector of H: the error along it as a share of that of the start, with
// the predicted envelope, in `size` pixels at ImGui's cursor. The bar under the pointer, or that
// the arrows have reached, shows its eigenvector as a kernel and says what it means.
void draw_directions(const PanelContext& context, DirectionsState& state, ImVec2 size);

}  // namespace convscope::panels
