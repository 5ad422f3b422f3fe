#pragma once

#include "app/panels/backward/backward_state.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws the choice of what the loss is.
void draw_gradient_source(const PanelContext& context);

// Draws the buttons that fill the drawn gradient, of the shape `plane`, with ones or zeros.
void draw_gradient_fill(const PanelContext& context, const Shape& plane);

// Draws the controls of a card of the gradients: what the gradient begins with, the sweep, and the
// nudge of the chosen cell.
void draw_backward_controls(const PanelContext& context, Card card, BackwardState& state);

}  // namespace convscope::panels
