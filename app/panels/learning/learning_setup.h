#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// The button "Setup…" with what is set once and seldom: target, noise, loss, bias, and when the run
// pauses.
void draw_learning_setup(const PanelContext& context);

}  // namespace convscope::panels
