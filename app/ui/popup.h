#pragma once

#include "app/ui/names.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// Returns whether Escape was pressed for the popup or dialog that is being drawn: for the topmost
// one alone, and not while a number is typed. Ask before its content is drawn, which may close a
// popup above it.
bool escape_closes(const Ui& ui);
// Does ImGui::BeginPopup at the last item, the button that opens it. Escape closes it, unless it
// ends the typing of a number.
bool begin_popup(Ui& ui, const char* name);
// Opens a popup `size` wide, and at most about as high, beside the last item, which stays visible.
bool begin_popup_beside(Ui& ui, const char* name, ImVec2 size);

}  // namespace convscope::ui
