#pragma once

#include <string_view>

#include "app/ui/ui.h"

namespace convscope::ui {

// "Ctrl+O" as caps with plus signs between.
void key_caps(Ui& ui, std::string_view keys);

}  // namespace convscope::ui
