#pragma once

#include <cstdint>

#include "engine/core/random.h"
#include "engine/core/tensor.h"

namespace convscope::engine {

// Returns values from `lo` to `hi`, always the same for a shape and seed.
inline Tensor random_tensor(const Shape& shape, std::uint64_t seed, float lo = -1.0f,
                            float hi = 1.0f) {
  Tensor result(shape);
  Random random(seed);
  for (float& value : result.values())
    value = random.uniform(lo, hi);
  return result;
}

}  // namespace convscope::engine
