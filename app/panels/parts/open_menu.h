#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws the menu that offers to open a file, questions about the scene, one of the example scenes,
// or a lesson: those of the program, then those in the folder of one's own. Returns whether one was
// chosen.
bool open_menu(const PanelContext& context);
float open_menu_width(const ui::Ui& ui);

}  // namespace convscope::panels
