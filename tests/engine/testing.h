#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ostream>

#include "engine/conv2d.h"
#include "engine/pool2d.h"
#include "engine/random.h"
#include "engine/tensor.h"

namespace convscope {

inline void PrintTo(const Shape& shape, std::ostream* os) {
  *os << to_string(shape);
}

inline void PrintTo(const Tensor& tensor, std::ostream* os) {
  *os << to_string(tensor.shape()) << " {";
  for (const float value : tensor.values())
    *os << ' ' << value;
  *os << " }";
}

inline Tensor random_tensor(const Shape& shape, std::uint64_t seed, float lo = -1.0f,
                            float hi = 1.0f) {
  Tensor result(shape);
  Random random(seed);
  for (float& value : result.values())
    value = random.uniform(lo, hi);
  return result;
}

inline double largest(const Tensor& tensor) {
  double result = 0.0;
  for (const float value : tensor.values())
    result = std::max(result, std::abs(double{value}));
  return result;
}

// Largest difference, as a share of the expected tensor's largest value; infinite for other shapes.
inline double difference(const Tensor& actual, const Tensor& expected) {
  if (actual.shape() != expected.shape()) return INFINITY;
  double result = 0.0;
  for (Index i = 0; i < actual.numel(); ++i) {
    result = std::max(result, std::abs(double{actual.data()[i]} - double{expected.data()[i]}));
  }
  const double scale = largest(expected);
  return scale > 0.0 ? result / scale : result;
}

inline double dot(const Tensor& a, const Tensor& b) {
  double sum = 0.0;
  for (Index i = 0; i < a.numel(); ++i)
    sum += double{a.data()[i]} * double{b.data()[i]};
  return sum;
}

}  // namespace convscope
