#pragma once

#include "app/ui/names.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// Does ImGui::BeginPopup at the last item, the button that opens it. Escape closes it, unless it
// ends the typing of a number.
bool begin_popup(Ui& ui, const char* name);
// Opens a popup `size` wide, and at most about as high, beside the last item, which stays visible.
bool begin_popup_beside(Ui& ui, const char* name, ImVec2 size);

}  // namespace convscope::ui
