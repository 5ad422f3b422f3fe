#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Draws the strip that explains the cell under the pointer, whichever panel it is in.
void draw_explanation_panel(const PanelContext& context, const Rect& rect);

}  // namespace convscope::panels
