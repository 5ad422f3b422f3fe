#pragma once

#include "app/panels/backward/backward_state.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Draws ∂L/∂X, hatched around it the share of the padding's cells. A click chooses the cell that is
// nudged.
void draw_input_gradient_panel(const PanelContext& context, const Rect& rect, BackwardState& state);

}  // namespace convscope::panels
