#pragma once

#include <algorithm>
#include <span>

#include "engine/core/tensor.h"

namespace convscope::engine {

// Returns `values`, rounded to float32, as a tensor [1, 1, size.y, size.x]. There must be size.y *
// size.x of them.
inline Tensor as_plane(std::span<const double> values, Yx size) {
  Tensor plane(Shape{1, 1, size.y, size.x});
  std::ranges::transform(values, plane.data(), [](double v) { return static_cast<float>(v); });
  return plane;
}

}  // namespace convscope::engine
