#include "engine/core/value_range.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace convscope::engine {

std::optional<ValueRange> finite_bounds(std::span<const float> values) {
  // Independent lanes without branches, which the compiler turns into vector code.
  constexpr std::size_t kLanes = 16;
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  std::array<float, kLanes> lo;
  std::array<float, kLanes> hi;
  lo.fill(kInfinity);
  hi.fill(-kInfinity);
  const auto take = [&](std::size_t lane, float value) {
    const bool finite = std::abs(value) < kInfinity;
    const float low = finite ? value : kInfinity;
    const float high = finite ? value : -kInfinity;
    lo[lane] = low < lo[lane] ? low : lo[lane];
    hi[lane] = high > hi[lane] ? high : hi[lane];
  };
  std::size_t i = 0;
  for (; i + kLanes <= values.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      take(lane, values[i + lane]);
  }
  for (; i < values.size(); ++i)
    take(0, values[i]);
  const ValueRange range{*std::ranges::min_element(lo), *std::ranges::max_element(hi)};
  if (range.lo > range.hi) return std::nullopt;
  return range;
}

ValueRange finite_range(std::span<const float> values) {
  return finite_bounds(values).value_or(ValueRange{});
}

bool all_finite(std::span<const float> values) {
  // Accumulates over all exponents instead of returning early, so that the loop becomes vector
  // code.
  std::uint32_t bad = 0;
  for (const float value : values)
    bad |= std::uint32_t{(std::bit_cast<std::uint32_t>(value) & 0x7F800000u) == 0x7F800000u};
  return bad == 0;
}

}  // namespace convscope::engine
