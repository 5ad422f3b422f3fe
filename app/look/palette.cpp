#include "app/look/palette.h"

#include <algorithm>
#include <array>

namespace convscope::look {
namespace {

// Converts a colour as designers write it, 0xRRGGBB.
constexpr Color rgb(std::uint32_t hex) {
  return pack({static_cast<std::uint8_t>(hex >> 16 & 0xFF),
               static_cast<std::uint8_t>(hex >> 8 & 0xFF), static_cast<std::uint8_t>(hex & 0xFF)});
}

// Returns the contrast of two opaque colours (WCAG 2).
double contrast(Color a, Color b) {
  const double la = 0.05 + luminance(rgb_of(a));
  const double lb = 0.05 + luminance(rgb_of(b));
  return std::max(la, lb) / std::min(la, lb);
}

// Calls `channel` with the shift of each of the four bytes, and packs what it returns, 0 to 1.
template <typename Channel>
Color each_channel(const Channel& channel) {
  Color color = 0;
  for (const int shift : {0, 8, 16, 24}) {
    const float value = std::clamp(channel(shift), 0.0f, 1.0f) * 255.0f + 0.5f;
    color |= static_cast<Color>(value) << shift;
  }
  return color;
}

float channel_of(Color color, int shift) {
  return static_cast<float>(color >> shift & 0xFF) * (1.0f / 255.0f);
}

}  // namespace

Palette light_palette() {
  return {.background = rgb(0xF4F5F7),
          .card = rgb(0xFFFFFF),
          .line = rgb(0xD9DDE3),
          .outline = rgb(0x7F8898),
          .ink = rgb(0x1B1F27),
          .muted = rgb(0x5F697B),  // 5:1 on the window's background, where 667085 has 4.5:1
          .accent = rgb(0x2563C9),
          .on_accent = rgb(0xFFFFFF),
          .control = rgb(0xF3F4F6),
          .control_hovered = rgb(0xE6E9EE),
          .good = rgb(0x2A9664),
          .warn = rgb(0xBF7A00),
          .bad = rgb(0xC23A33),
          .linked = rgb(0xF59E0B)};
}

Palette dark_palette() {
  return {.background = rgb(0x14171C),
          .card = rgb(0x1C2027),
          .line = rgb(0x323843),
          .outline = rgb(0x6B7485),
          .ink = rgb(0xE9ECF1),
          .muted = rgb(0x98A2B3),
          .accent = rgb(0x6EA8FF),
          .on_accent = rgb(0x10141B),
          .control = rgb(0x14171C),
          .control_hovered = rgb(0x2A303A),
          .good = rgb(0x4CC38A),
          .warn = rgb(0xF0B429),
          .bad = rgb(0xF2685F),
          .linked = rgb(0xFFB020)};
}

Palette projector_palette() {
  return {.background = rgb(0xFFFFFF),
          .card = rgb(0xFFFFFF),
          .line = rgb(0x6B7280),
          .outline = rgb(0x30353D),
          .ink = rgb(0x000000),
          .muted = rgb(0x2E3440),
          .accent = rgb(0x0B3FA8),
          .on_accent = rgb(0xFFFFFF),
          .control = rgb(0xFFFFFF),
          .control_hovered = rgb(0xE3ECFB),
          .good = rgb(0x004F2A),
          .warn = rgb(0x6B3600),
          .bad = rgb(0x960010),
          .linked = rgb(0xC25400)};
}

Palette palette_of(SceneTheme theme) {
  switch (theme) {
    case SceneTheme::kLight:
      return light_palette();
    case SceneTheme::kDark:
      return dark_palette();
    case SceneTheme::kProjector:
      return projector_palette();
  }
  return light_palette();
}

SceneTheme next(SceneTheme theme) {
  switch (theme) {
    case SceneTheme::kLight:
      return SceneTheme::kDark;
    case SceneTheme::kDark:
      return SceneTheme::kProjector;
    case SceneTheme::kProjector:
      return SceneTheme::kLight;
  }
  return SceneTheme::kLight;
}

Color faded(Color color, float alpha) {
  return each_channel(
      [&](int shift) { return channel_of(color, shift) * (shift == 24 ? alpha : 1.0f); });
}

Color mixed(Color a, Color b, float t) {
  return each_channel([&](int shift) {
    const float from = channel_of(a, shift);
    return from + (channel_of(b, shift) - from) * t;
  });
}

Color legible(Color color, const Palette& palette) {
  constexpr int kSteps = 20;
  for (int i = 0; i < kSteps; ++i) {
    const Color shade = mixed(color, palette.ink, static_cast<float>(i) / kSteps);
    const bool seen =
        std::ranges::all_of(std::array{palette.card, palette.background, palette.control},
                            [&](Color below) { return contrast(shade, below) >= 4.5; });
    if (seen) return shade;
  }
  return palette.ink;
}

}  // namespace convscope::look
