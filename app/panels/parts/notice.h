#pragma once

#include <string_view>

#include "app/panels/names.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// Draws one sentence in the middle of the rest of a card, in place of a heatmap, in whole lines;
// what has no room is in the tooltip. Registers `name`, and `name`/text for the lines.
void draw_notice(ui::Ui& ui, const char* name, std::string_view sentence, ImVec2 size, ImU32 color);

}  // namespace convscope::panels
