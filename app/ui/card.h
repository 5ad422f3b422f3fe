#pragma once

#include <string_view>

#include "app/ui/ui.h"

namespace convscope::ui {

// A card: a rounded panel with a bold title and a muted subtitle (cut with … where it is too long).
// `pos` is on the screen. Between begin and end ImGui's cursor and content region are the card's
// inside, below the title; without a title, all of the inside. Always call end_card.
// `corner` pixels at the right of the title are left to the caller.
void begin_card(Ui& ui, const char* name, ImVec2 pos, ImVec2 size, std::string_view title = {},
                std::string_view subtitle = {}, float corner = 0.0f);
void end_card();
// A title and subtitle as those of a card where ImGui's cursor is, `width` wide.
void card_title(Ui& ui, float width, std::string_view title, std::string_view subtitle = {});

}  // namespace convscope::ui
