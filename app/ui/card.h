#pragma once

#include <string_view>

#include "app/ui/names.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// Draws a card: a rounded panel with a bold title and a muted subtitle (cut with … if it is too
// long). `pos` is on the screen. Between begin_card and end_card, ImGui's cursor and content region
// are the inside of the card below the title. `corner` pixels at the right of the title are left
// free. Always call end_card.
void begin_card(Ui& ui, const char* name, ImVec2 pos, ImVec2 size, std::string_view title = {},
                std::string_view subtitle = {}, float corner = 0.0f);
void end_card();
// Draws a title and subtitle like those of a card at ImGui's cursor, `width` pixels wide.
void card_title(Ui& ui, float width, std::string_view title, std::string_view subtitle = {});

}  // namespace convscope::ui
