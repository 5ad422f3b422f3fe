#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace convscope {

// kDiverging is blue-white-red for light backgrounds, kDivergingDark blue-slate-red for dark ones;
// zero is the neutral in the middle. Viridis and magma are those of matplotlib (CC0).
enum class ColorMap { kViridis, kMagma, kGrey, kDiverging, kDivergingDark };

struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
  friend bool operator==(const Rgb&, const Rgb&) = default;
};

// The 256 colours of a map, from `lo` to `hi`.
std::span<const Rgb, 256> colormap_table(ColorMap map);

inline constexpr Rgb kNanColor{255, 0, 255};     // magenta: in no map
inline constexpr Rgb kPosInfColor{0, 255, 0};    // green
inline constexpr Rgb kNegInfColor{0, 255, 255};  // cyan

// Colour of one value: the table's entry floor(256 t) of t = (value - lo) / (hi - lo), clamped to
// 0..255; entry 128 where lo == hi. NaN and infinities have their own colours. Any finite range is
// good. The shader does the same sum.
Rgb map_color(ColorMap map, float lo, float hi, float value);

// Relative luminance of sRGB (WCAG 2), 0 to 1: text on a cell is dark above 0.18.
double luminance(Rgb color);

}  // namespace convscope
