#pragma once

#include "app/panels/panel_states.h"
#include "app/panels/parts/context.h"
#include "app/program/names.h"

namespace convscope::program {

// Draws the page that is shown, its cards where the window has room for them; it scrolls where the
// window is too small.
void draw_page(const PanelContext& context, PanelStates& panels);

}  // namespace convscope::program
