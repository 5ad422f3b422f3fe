#pragma once

#include <string_view>

#include "app/panels/names.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// The formulas of an output's height and width, small, one line an axis.
void draw_size_lines(ui::Ui& ui, const char* name, std::string_view height, std::string_view width);

}  // namespace convscope::panels
