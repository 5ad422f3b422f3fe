#pragma once

#include <cstdint>

#include "engine/core/random.h"
#include "engine/core/tensor.h"

namespace convscope {

// The same values for the same shape and seed, from `lo` to `hi`.
inline Tensor random_tensor(const Shape& shape, std::uint64_t seed, float lo = -1.0f,
                            float hi = 1.0f) {
  Tensor result(shape);
  Random random(seed);
  for (float& value : result.values())
    value = random.uniform(lo, hi);
  return result;
}

}  // namespace convscope
