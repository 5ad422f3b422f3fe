#pragma once

#include <string_view>

#include "app/look/operation_sign.h"
#include "app/panels/names.h"
#include "app/panels/parts/rect.h"
#include "app/ui/theme.h"

namespace convscope::panels {

using look::operation_sign;

// Draws a sign in the middle of `rect`, the space between two cards; nothing if `rect` is empty.
void draw_sign(const ui::Theme& theme, const Rect& rect, std::string_view sign);

}  // namespace convscope::panels
