#pragma once

#include <imgui.h>

#include "app/ui/fonts.h"
#include "app/ui/names.h"
#include "app/ui/number_format.h"

namespace convscope::ui {

// Colours by meaning, as many data members as there are meanings; the values are in theme.cpp, for
// light and dark.
struct Palette {
  ImU32 background, card, line, ink, muted, accent, on_accent, control, control_hovered, good, warn,
      bad, linked;
};

struct Theme {
  bool dark = false;
  float scale = 1.0f;  // of the whole interface: the display's scale times the user's font size
  Palette color{};
  Fonts font;
  NumberStyle numbers;  // of values in cells and tooltips
  // Returns a length in pixels for a length at scale 1.
  float px(float length) const { return length * scale; }
};

Palette light_palette();
Palette dark_palette();
// Returns `color` with its opacity multiplied by `alpha`.
ImU32 faded(ImU32 color, float alpha);
// Mixes `a` (t = 0) and `b` (t = 1), channel by channel.
ImU32 mixed(ImU32 a, ImU32 b, float t);
// Returns `color` for text on a card, mixed with as much of the ink as a contrast of 4.5:1 needs
// (WCAG 2).
ImU32 legible(ImU32 color, const Palette& palette);
// Resets ImGui's style and sets it from the theme. May be called again after every change of scale.
void apply_style(const Theme& theme);

}  // namespace convscope::ui
