#pragma once

#include <string_view>

#include "app/panels/names.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// Draws the formulas of a plane's size beside the last control or in the next row, one small line
// for each axis. Leaves them out where neither has room for them.
void draw_size_lines(ui::Ui& ui, const char* name, std::string_view height, std::string_view width);

// Draws one small muted line in the next row, cut with …, or beside the last control where there is
// no further row; nothing without room.
void draw_note_line(ui::Ui& ui, const char* name, std::string_view text);

}  // namespace convscope::panels
