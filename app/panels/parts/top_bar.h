#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws the bar along the top of the window: the program's name and the buttons for the whole
// window, or a menu with those that don't fit.
void draw_top_bar(const PanelContext& context);

}  // namespace convscope::panels
