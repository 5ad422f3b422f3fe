#pragma once

#include <optional>
#include <span>

namespace convscope {

struct ValueRange {
  float lo = 0.0f, hi = 1.0f;
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

// The smallest and the largest of the finite values; {0, 1} where there are none.
ValueRange finite_range(std::span<const float> values);

// The same; nothing where there are none.
std::optional<ValueRange> finite_bounds(std::span<const float> values);

// Neither NaN nor infinite, all of them.
bool all_finite(std::span<const float> values);

}  // namespace convscope
