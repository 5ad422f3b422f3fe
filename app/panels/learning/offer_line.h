#pragma once

#include <initializer_list>
#include <span>
#include <string>

#include "app/panels/names.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// What can be chosen at the end of an offer.
struct Offer {
  const char* name;  // ImGui id, and name in the item registry
  const char* label;
  const char* tooltip;
};

// Draws one small line, `width` pixels wide, where ImGui's cursor is: the first of these texts that
// leaves room for the offers (else the last, cut), then the offers as links. Registers `name` for
// the text. Returns the offer that was clicked, null for none.
const Offer* offer_line(ui::Ui& ui, const char* name, std::initializer_list<std::string> texts,
                        ImU32 color, const std::string& tooltip, std::span<const Offer> offers,
                        float width);

}  // namespace convscope::panels
