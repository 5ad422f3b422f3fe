#pragma once

#include "app/panels/backward/backward_state.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws the controls of a card of the gradients: what the gradient begins with, the sweep, and the
// nudge of the chosen cell.
void draw_backward_controls(const PanelContext& context, Card card, BackwardState& state);

}  // namespace convscope::panels
