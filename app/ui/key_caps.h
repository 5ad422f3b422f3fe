#pragma once

#include <string_view>

#include "app/ui/names.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// Draws "Ctrl+O" as key caps with plus signs between them.
void key_caps(Ui& ui, std::string_view keys);
float key_caps_width(const Ui& ui, std::string_view keys);

}  // namespace convscope::ui
