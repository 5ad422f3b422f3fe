#pragma once

#include <functional>
#include <string_view>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Draws the bar with the controls of the selected card: the card's title, and what `controls`
// draws in rows beside it. In a narrow window the controls are in a popup behind one button.
void draw_inspector(const PanelContext& context, const Rect& rect, bool in_popup,
                    std::string_view title, const std::function<void()>& controls);

}  // namespace convscope::panels
