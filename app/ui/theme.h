#pragma once

#include <imgui.h>

#include "app/look/number_format.h"
#include "app/look/palette.h"
#include "app/ui/fonts.h"
#include "app/ui/names.h"

namespace convscope::ui {

struct Theme {
  float scale = 1.0f;  // of the whole interface: the display's scale times the user's font size
  Palette color{};
  Fonts font;
  NumberStyle numbers;  // of values in cells and tooltips
  // Returns a length in pixels for a length at scale 1.
  float px(float length) const { return length * scale; }
};

// Resets ImGui's style and sets it from the theme. May be called again after every change of scale.
void apply_style(const Theme& theme);

}  // namespace convscope::ui
