#pragma once

#include <string_view>

#include "app/ui/names.h"
#include "app/ui/ui.h"

namespace convscope::ui {

enum class MessageKind { kInfo, kWarning, kError };
// Draws a bar with one sentence over the whole width. Returns whether it was dismissed. Registers
// "name/close".
bool message_bar(Ui& ui, const char* name, std::string_view text, MessageKind kind);

}  // namespace convscope::ui
