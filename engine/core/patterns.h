#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/core/tensor.h"

namespace convscope::engine {

// Returns the names of the generated inputs: "edge" (as in the notebook: 1 at both sides, 0 in the
// middle half), "checkerboard", "gradient" (0 at the left to 1 at the right), "bar" (a vertical bar
// of ones in the middle), "circle" (a disc of ones) and "noise" (uniform in [0, 1), from a seed).
std::span<const std::string_view> pattern_names();

// Returns the named pattern as [1, 1, size.y, size.x]; the notebook's edge picture is "edge" at 6 ×
// 8. Only "noise" uses `seed`. Throws Error for an unknown name or a size below 1 × 1.
Tensor make_pattern(std::string_view name, Yx size, std::uint64_t seed);

}  // namespace convscope::engine
