#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws the list of keys and mouse gestures while `context.view.settings.help` is on.
void draw_help_panel(const PanelContext& context);

}  // namespace convscope::panels
