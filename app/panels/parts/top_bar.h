#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws the bar along the top of the window: the name, what concerns the whole window, and the way
// to the keys.
void draw_top_bar(const PanelContext& context);

}  // namespace convscope::panels
