#pragma once

#include "app/panels/backward/backward_state.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Draws the kernel that the gradient goes through, turned by 180° where a convolution turns it, and
// ∂L/∂W below it. A click there chooses the weight that is nudged.
void draw_kernel_gradient_panel(const PanelContext& context, const Rect& rect,
                                BackwardState& state);

}  // namespace convscope::panels
