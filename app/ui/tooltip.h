#pragma once

#include <string_view>

#include "app/ui/names.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// Shows a tooltip for the last item, but not where it was just clicked. Registers "tooltip".
void tooltip(Ui& ui, std::string_view text);
// Returns whether the pointer is still where the left button was last pressed.
bool was_just_clicked(Ui& ui);

}  // namespace convscope::ui
