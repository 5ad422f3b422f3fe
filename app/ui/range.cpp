#include "app/ui/range.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace convscope::ui {
namespace {

// So that hi - lo is finite.
constexpr float kLargest = std::numeric_limits<float>::max() / 4.0f;

bool is_diverging(MapChoice choice, float lo) {
  return choice == MapChoice::kDiverging || (choice == MapChoice::kAuto && lo < 0.0f);
}

ColorMap sequential_map(MapChoice choice) {
  switch (choice) {
    case MapChoice::kMagma:
      return ColorMap::kMagma;
    case MapChoice::kGrey:
      return ColorMap::kGrey;
    default:
      return ColorMap::kViridis;
  }
}

}  // namespace

ValueRange finite_range(std::span<const float> values) {
  ValueRange range{std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()};
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    range.lo = std::min(range.lo, value);
    range.hi = std::max(range.hi, value);
  }
  return range.lo <= range.hi ? range : ValueRange{};
}

HeatmapStyle style_for(const Tensor& tensor, Index channel, bool dark_theme, MapChoice choice) {
  const ValueRange range = tensor.empty() ? ValueRange{} : finite_range(tensor.plane(0, channel));
  HeatmapStyle style;
  if (is_diverging(choice, range.lo)) {
    const float size = std::min(std::max(std::abs(range.lo), std::abs(range.hi)), kLargest);
    style.map = dark_theme ? ColorMap::kDivergingDark : ColorMap::kDiverging;
    style.hi = size > 0.0f ? size : 1.0f;
    style.lo = -style.hi;
    return style;
  }
  style.map = sequential_map(choice);
  style.lo = std::clamp(range.lo, -kLargest, 0.0f);
  style.hi = std::clamp(range.hi, -kLargest, kLargest);
  // A constant plane: zero at the other end of the bar, or one where all is zero.
  if (!(style.hi > style.lo)) style.hi = style.lo < 0.0f ? 0.0f : 1.0f;
  return style;
}

}  // namespace convscope::ui
