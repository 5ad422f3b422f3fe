#pragma once

#include <cstdint>

#include "app/look/names.h"
#include "app/scene/scene_look.h"
#include "engine/color/colormap.h"

namespace convscope::look {

// A colour with its opacity, packed as ImGui's ImU32: red in the lowest byte, opacity in the
// highest.
using Color = std::uint32_t;

constexpr Color pack(Rgb color) {
  return Color{color.r} | Color{color.g} << 8 | Color{color.b} << 16 | Color{0xFF} << 24;
}
constexpr Rgb rgb_of(Color color) {
  return {static_cast<std::uint8_t>(color & 0xFF), static_cast<std::uint8_t>(color >> 8 & 0xFF),
          static_cast<std::uint8_t>(color >> 16 & 0xFF)};
}

// Colours by meaning, as many data members as there are meanings; the values are in palette.cpp,
// for each theme. Text stands
// on the first two and on controls, in ink and muted as they are and in any other colour as
// legible() has it; marks as lines, dots and rims have at least 3:1 there, but for `line`, which
// only separates, and `linked`, which has a rim of its own (ui::draw_outline).
struct Palette {
  Color background, card, line, outline, ink, muted, accent, on_accent, control, control_hovered,
      good, warn, bad, linked;
};

Palette light_palette();
Palette dark_palette();
// Black on white with strong rims, for a projector whose light the room washes out.
Palette projector_palette();
Palette palette_of(SceneTheme theme);
// The theme that follows in the order light, dark, projector.
SceneTheme next(SceneTheme theme);
// Returns `color` with its opacity multiplied by `alpha`.
Color faded(Color color, float alpha);
// Mixes `a` (t = 0) and `b` (t = 1), channel by channel.
Color mixed(Color a, Color b, float t);
// Returns `color` for text on a card, on the window's background or on a control, mixed with as
// much of the ink as a contrast of 4.5:1 needs (WCAG 2).
Color legible(Color color, const Palette& palette);
}  // namespace convscope::look
