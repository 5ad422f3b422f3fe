#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws the slider that nudges the chosen cell, and what that does to the loss beside what the
// gradient says; nothing where no cell is chosen.
void draw_nudge_controls(const PanelContext& context);

}  // namespace convscope::panels
