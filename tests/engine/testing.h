#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ostream>

#include "engine/core/tensor.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"
#include "tests/random_tensor.h"

namespace convscope::engine {

inline void PrintTo(const Shape& shape, std::ostream* os) {
  *os << to_string(shape);
}

inline void PrintTo(const Tensor& tensor, std::ostream* os) {
  *os << to_string(tensor.shape()) << " {";
  for (const float value : tensor.values())
    *os << ' ' << value;
  *os << " }";
}

inline double largest(const Tensor& tensor) {
  double result = 0.0;
  for (const float value : tensor.values())
    result = std::max(result, std::abs(double{value}));
  return result;
}

// Returns the largest difference, relative to the larger of `least` and the expected tensor's
// largest value; infinity if the shapes differ or either has a NaN.
inline double difference(const Tensor& actual, const Tensor& expected, double least = 0.0) {
  if (actual.shape() != expected.shape()) return INFINITY;
  double result = 0.0;
  for (Index i = 0; i < actual.numel(); ++i) {
    const double d = std::abs(double{actual.data()[i]} - double{expected.data()[i]});
    result = std::isnan(d) ? INFINITY : std::max(result, d);
  }
  const double scale = std::max(largest(expected), least);
  return scale > 0.0 ? result / scale : result;
}

// Does the same for sums of products of values from -1 to 1, whose terms may cancel.
inline double difference_of_units(const Tensor& actual, const Tensor& expected) {
  return difference(actual, expected, 1.0);
}

inline double dot(const Tensor& a, const Tensor& b) {
  double sum = 0.0;
  for (Index i = 0; i < a.numel(); ++i)
    sum += double{a.data()[i]} * double{b.data()[i]};
  return sum;
}

}  // namespace convscope::engine
