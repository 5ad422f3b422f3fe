#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Draws the buttons at the end of the explanation: the switch between values and gradients, and
// where the page is presented those that take the pen and light the spotlight.
void draw_strip_tools(const PanelContext& context, const Rect& rect);

// The button of the top bar, or of its menu, that lists what a lecture needs. Returns whether
// something was chosen.
bool lecture_menu(const PanelContext& context, bool in_menu);
float lecture_menu_width(const ui::Ui& ui);

}  // namespace convscope::panels
