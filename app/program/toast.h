#pragma once

#include "app/program/actions.h"
#include "app/program/names.h"
#include "app/program/view/view.h"
#include "app/ui/ui.h"

namespace convscope::program {

// Draws what was done at the bottom of the window, with the button that undoes it, where that can
// be. It goes by itself.
void draw_toast(ui::Ui ui, const View& view, Actions& actions);

}  // namespace convscope::program
