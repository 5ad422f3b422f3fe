#pragma once

#include <string_view>

#include "app/panels/names.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// Draws the formulas of an output's height and width in a small font, one line for each axis.
// Registers `name`.
void draw_size_lines(ui::Ui& ui, const char* name, std::string_view height, std::string_view width);

}  // namespace convscope::panels
