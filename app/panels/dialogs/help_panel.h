#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// The keys and the mouse, over the window while `context.view.settings.help` is on.
void draw_help_panel(const PanelContext& context);

}  // namespace convscope::panels
