#pragma once

#include <imgui.h>

#include "app/ui/names.h"

namespace convscope::ui {

// Font sizes at scale 1, in pixels an em.
inline constexpr float kSmallEm = 15.0f;
inline constexpr float kBodyEm = 17.0f;
inline constexpr float kNumberEm = 20.0f;
inline constexpr float kTitleEm = 21.0f;
inline constexpr float kHeadingEm = 26.0f;
inline constexpr float kCodeEm = 14.5f;
inline constexpr float kLargeNumberEm = 36.0f;
// The smallest number in a cell: its digits are 2 % of the window's height.
inline constexpr float kSmallestNumberEm = 18.75f;

// The fonts. All digits of a font have the same width. A line is 1.21 em high.
struct Fonts {
  ImFont* body = nullptr;          // 17 px at scale 1
  ImFont* body_bold = nullptr;     // for emphasis in text
  ImFont* small = nullptr;         // 15 px: shapes, labels, colour bars
  ImFont* title = nullptr;         // 21 px semibold, for cards
  ImFont* heading = nullptr;       // 26 px semibold
  ImFont* number = nullptr;        // 20 px: values in cells, formulas
  ImFont* code = nullptr;          // 14.5 px, all letters as wide: programs
  ImFont* large_number = nullptr;  // 36 px: values in large cells; has nothing but numbers
};

// Clears the atlas and adds the embedded fonts (Inter, and DejaVu Sans for characters that it
// lacks) at `scale`. The atlas must be built, or its texture created, before a font is used.
Fonts add_fonts(ImFontAtlas& atlas, float scale);

}  // namespace convscope::ui
