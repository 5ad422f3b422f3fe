#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace convscope::engine {

// The colour maps. kDiverging (blue, white, red) is for light backgrounds and kDivergingDark (blue,
// slate, red) for dark ones; both show zero in the neutral middle colour. Viridis and magma are
// matplotlib's (CC0).
enum class ColorMap { kViridis, kMagma, kGrey, kDiverging, kDivergingDark };

// An sRGB colour.
struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
  friend bool operator==(const Rgb&, const Rgb&) = default;
};

// Returns the 256 colours of a map, the colour of `lo` first.
std::span<const Rgb, 256> colormap_table(ColorMap map);

inline constexpr Rgb kNanColor{255, 0, 255};     // magenta, which no map contains
inline constexpr Rgb kPosInfColor{0, 255, 0};    // green
inline constexpr Rgb kNegInfColor{0, 255, 255};  // cyan

// Returns the colour of one value: entry floor(256 t) of the table, where t = (value - lo) / (hi -
// lo), clamped to 0..255. Where lo == hi it is entry 128. NaN and the infinities have colours of
// their own. Any finite `lo` and `hi` are accepted. The heatmap's shader computes the same formula.
Rgb map_color(ColorMap map, float lo, float hi, float value);

// Returns the relative luminance of an sRGB colour (WCAG 2), 0 to 1. Text on a cell is dark where
// the luminance is above 0.18.
double luminance(Rgb color);

}  // namespace convscope::engine
