#include "engine/value_range.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace convscope {

ValueRange finite_range(std::span<const float> values) {
  ValueRange range{std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()};
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    range.lo = std::min(range.lo, value);
    range.hi = std::max(range.hi, value);
  }
  return range.lo <= range.hi ? range : ValueRange{};
}

}  // namespace convscope
