#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws the button "Setup…". Its popup has the settings that are seldom changed: target, noise,
// loss, bias, and when the run pauses.
void draw_learning_setup(const PanelContext& context);

}  // namespace convscope::panels
