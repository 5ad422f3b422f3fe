#pragma once

#include "app/ui/ui.h"

namespace convscope::ui {

// ImGui::BeginPopup at the last item, the button that opens it. Escape closes it unless it ends the
// typing of a number.
bool begin_popup(Ui& ui, const char* name);
// Beside the last item, which it leaves in sight: `size` wide, and at most about as high.
bool begin_popup_beside(Ui& ui, const char* name, ImVec2 size);

}  // namespace convscope::ui
