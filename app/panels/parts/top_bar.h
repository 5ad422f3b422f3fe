#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// The name, what concerns the whole window, and the way to the keys.
void draw_top_bar(const PanelContext& context, const Rect& rect);

}  // namespace convscope::panels
