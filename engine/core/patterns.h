#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/core/tensor.h"

namespace convscope {

// Inputs that are made, not drawn: "edge" (the notebook's: 1 at both sides, 0 in the middle half),
// "checkerboard", "gradient" (0 at the left to 1 at the right), "bar" (an upright bar of 1 in the
// middle), "circle" (a disc of 1), "noise" (uniform in [0, 1) from a seed).
std::span<const std::string_view> pattern_names();

// The named pattern, [1, 1, size.y, size.x]; the notebook's edge picture is "edge" at 6 × 8. Throws
// Error for another name, and for a size below 1 × 1.
Tensor make_pattern(std::string_view name, Yx size, std::uint64_t seed);

}  // namespace convscope
