#pragma once

#include <string_view>

#include "app/ui/ui.h"

namespace convscope::ui {

// Of the last item; not where it was just clicked.
void tooltip(Ui& ui, std::string_view text);
// Whether the pointer is still where the left button was pressed last.
bool was_just_clicked(Ui& ui);

}  // namespace convscope::ui
