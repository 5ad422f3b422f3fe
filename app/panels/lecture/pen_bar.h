#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Draws the bar of the pen at the lower edge of the window, with its colours and how to undo,
// clear and lay it down. Returns where it stands.
Rect draw_pen_bar(const PanelContext& context);

}  // namespace convscope::panels
