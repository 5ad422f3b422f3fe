#pragma once

#include <cmath>
#include <functional>

#include "engine/core/tensor.h"
#include "tests/random_tensor.h"

// Central differences, against which gradients are tested.
namespace convscope::engine {

// Returns random multiples of 1/4 from -2 to 2, which floats add and multiply exactly.
inline Tensor quarters(const Shape& shape, std::uint64_t seed) {
  Tensor result = random_tensor(shape, seed, -8.0f, 9.0f);
  for (float& value : result.values())
    value = std::floor(value) / 4;
  return result;
}

// Returns d f / d at[i] by central differences.
inline double slope(Tensor at, Index i, const std::function<double(const Tensor&)>& f) {
  constexpr float kStep = 0.25f;
  const float value = at.data()[i];
  at.data()[i] = value + kStep;
  const double above = f(at);
  at.data()[i] = value - kStep;
  return (above - f(at)) / (2.0 * double{kStep});
}

}  // namespace convscope::engine
