#pragma once

#include <span>

#include "app/ui/names.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// Draws a field for a line of text as wide as what is left of its row; `text` ends with a zero.
// `focus` gives it the keyboard. Tab, Shift+Tab and the arrow down leave it for what is beside it.
// Returns whether Enter was pressed. Registers `name`.
bool text_box(Ui& ui, const char* name, std::span<char> text, bool focus);

}  // namespace convscope::ui
