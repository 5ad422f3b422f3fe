#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// The state of the Learned card between frames.
struct LearnedPanelState {
  bool exact = false;  // whether the exact solution is shown instead of the gradient
};

// Draws the card with the learned weights beside their gradient, or beside the exact solution; in
// slow motion's update beside the weights after the update.
void draw_learned_panel(const PanelContext& context, const Rect& rect, LearnedPanelState& state);

}  // namespace convscope::panels
