#pragma once

#include <string>
#include <string_view>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "engine/core/padding.h"

namespace convscope::panels {

// Draws one muted line below a card's title that says what matters of its settings, cut with … if
// it is too long. A click selects the card, so that the inspector has the controls.
void draw_card_facts(const PanelContext& context, Card card, const char* name,
                     std::string_view text);

// Returns one number where both axes have it, else "y, x".
std::string brief_pair_text(Yx pair);
// Returns one number, "y, x", or the four sides by name: top, bottom,
// left, right.
std::string brief_padding_text(const Padding& padding);

}  // namespace convscope::panels
