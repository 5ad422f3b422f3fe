#pragma once

#include "app/panels/context.h"

namespace convscope {

// The name, what concerns the whole window, and the way to the keys.
void draw_top_bar(const PanelContext& context, const Rect& rect, bool can_undo, bool can_redo);

}  // namespace convscope
