#pragma once

#include "app/panels/parts/context.h"

namespace convscope {

// The button "Setup…" with what is set once and seldom: target, noise, loss, bias, and when the run
// pauses.
void draw_learning_setup(const PanelContext& context);

}  // namespace convscope
