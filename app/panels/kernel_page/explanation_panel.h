#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// One strip that explains the cell under the pointer, in whichever panel it is.
void draw_explanation_panel(const PanelContext& context, const Rect& rect);

}  // namespace convscope::panels
