#pragma once

#include "app/ui/names.h"
#include "app/ui/ui.h"

// Controls stand in rows, where ImGui's cursor is.
namespace convscope::ui {

// The height of every control.
float row_height(const Ui& ui);
// Puts the next item, `width` pixels wide, beside the last one if there is room, else on a new row.
void flow(Ui& ui, float width);
// Returns whether items that are `width` pixels wide fit beside the last one, or there is a row
// below it.
bool has_room(const Ui& ui, float width);

}  // namespace convscope::ui
