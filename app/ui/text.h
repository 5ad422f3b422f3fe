#pragma once

#include <string_view>

#include "app/ui/names.h"
#include "app/ui/ui.h"

// Text among controls.
namespace convscope::ui {

// Draw text vertically centred in the current row: muted and small, or with a font and a colour
// (made legible on a card if it is too pale).
void label(Ui& ui, std::string_view text);
void text(Ui& ui, std::string_view text, ImFont* font, ImU32 color);
float label_width(const Ui& ui, std::string_view text);
// Draws text wrapped at the content region's width.
void paragraph(Ui& ui, std::string_view text, ImFont* font, ImU32 color);
// Wrapped at `width` pixels; `font` must be the one that ImGui writes with at present.
void wrapped_text(const ImFont* font, float width, std::string_view text);

}  // namespace convscope::ui
