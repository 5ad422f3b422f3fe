#pragma once

#include <optional>
#include <span>

namespace convscope::engine {

// The closed range [lo, hi] of some values.
struct ValueRange {
  float lo = 0.0f, hi = 1.0f;
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

// Returns the smallest and the largest finite value, or {0, 1} where no value is finite.
ValueRange finite_range(std::span<const float> values);

// Returns the smallest and the largest finite value, or nullopt where no value is finite.
std::optional<ValueRange> finite_bounds(std::span<const float> values);

// Returns whether no value is NaN or infinite.
bool all_finite(std::span<const float> values);

}  // namespace convscope::engine
