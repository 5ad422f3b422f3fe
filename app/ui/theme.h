#pragma once

#include <imgui.h>

namespace convscope::ui {

// Colours by meaning; the values are in theme.cpp, for light and dark.
struct Palette {
  ImU32 background, card, line, ink, muted, accent, on_accent, control, good, warn, bad, linked;
};

struct Fonts {
  ImFont* body = nullptr;       // 17 px at scale 1
  ImFont* body_bold = nullptr;  // card titles and emphasis
  ImFont* small = nullptr;      // 15 px: shapes, labels, colour bars
  ImFont* heading = nullptr;    // 26 px semibold
  ImFont* number = nullptr;     // 20 px, figures of one width: values in cells, formulas
};

struct Theme {
  bool dark = false;
  float scale = 1.0f;  // of everything: the display's scale times the user's font size
  Palette color{};
  Fonts font;
  // Lengths at scale 1; multiply by px().
  float px(float length) const { return length * scale; }
};

Palette light_palette();
Palette dark_palette();
// Resets ImGui's style and sets it from the theme: safe to call again after every change of scale.
void apply_style(const Theme& theme);
// Fills the atlas with the embedded fonts at `scale`; needs a new font texture afterwards.
Fonts add_fonts(ImFontAtlas& atlas, float scale);

}  // namespace convscope::ui
