#include "engine/color/colormap.h"

#include <algorithm>
#include <cmath>

#include "engine/color/colormap_tables.h"

namespace convscope::engine {

std::span<const Rgb, 256> colormap_table(ColorMap map) {
  switch (map) {
    case ColorMap::kViridis:
      return tables::kViridis;
    case ColorMap::kMagma:
      return tables::kMagma;
    case ColorMap::kGrey:
      return tables::kGrey;
    case ColorMap::kDiverging:
      return tables::kDiverging;
    case ColorMap::kDivergingDark:
      return tables::kDivergingDark;
  }
  return tables::kGrey;
}

Rgb map_color(ColorMap map, float lo, float hi, float value) {
  if (std::isnan(value)) return kNanColor;
  if (std::isinf(value)) return value > 0.0f ? kPosInfColor : kNegInfColor;
  float entry = 128.0f;
  // Where hi - lo overflows float32, computes with quarters of all three numbers, which are exact
  // at such magnitudes. The smallest numbers would lose digits, so they are not divided.
  const float part = std::isinf(hi - lo) ? 0.25f : 1.0f;
  const float t = (value * part - lo * part) / (hi * part - lo * part);
  if (lo != hi) entry = std::clamp(std::floor(t * 256.0f), 0.0f, 255.0f);
  return colormap_table(map)[static_cast<std::size_t>(entry)];
}

double luminance(Rgb color) {
  const auto linear = [](std::uint8_t code) {
    const double c = code / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

}  // namespace convscope::engine
