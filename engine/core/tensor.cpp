#include "engine/core/tensor.h"

#include <algorithm>

namespace convscope::engine {

std::string to_string(const Shape& shape) {
  return "[" + std::to_string(shape.n) + ", " + std::to_string(shape.c) + ", " +
         std::to_string(shape.h) + ", " + std::to_string(shape.w) + "]";
}

Tensor::Tensor(const Shape& shape, float value) {
  resize(shape);
  fill(value);
}

Tensor::Tensor(const Shape& shape, std::span<const float> values)
    : shape_(shape), values_(values.begin(), values.end()) {
  assert(static_cast<Index>(values.size()) == shape.numel());
}

Tensor Tensor::from_rows(std::initializer_list<std::initializer_list<float>> rows) {
  const auto h = static_cast<Index>(rows.size());
  const auto w = h == 0 ? 0 : static_cast<Index>(rows.begin()->size());
  Tensor result(Shape{1, 1, h, w});
  float* out = result.data();
  for (const auto& row : rows) {
    assert(static_cast<Index>(row.size()) == w);
    out = std::copy(row.begin(), row.end(), out);
  }
  return result;
}

std::span<float> Tensor::plane(Index n, Index c) {
  return values().subspan(static_cast<std::size_t>(offset(n, c, 0, 0)),
                          static_cast<std::size_t>(shape_.h * shape_.w));
}

std::span<const float> Tensor::plane(Index n, Index c) const {
  return values().subspan(static_cast<std::size_t>(offset(n, c, 0, 0)),
                          static_cast<std::size_t>(shape_.h * shape_.w));
}

void Tensor::resize(const Shape& shape) {
  assert(shape.n >= 0 && shape.c >= 0 && shape.h >= 0 && shape.w >= 0);
  shape_ = shape;
  values_.resize(static_cast<std::size_t>(shape.numel()));
}

void Tensor::fill(float value) {
  std::fill(values_.begin(), values_.end(), value);
}

Tensor transposed(const Tensor& tensor) {
  const Shape& s = tensor.shape();
  Tensor result(Shape{s.n, s.c, s.w, s.h});
  for (Index n = 0; n < s.n; ++n) {
    for (Index c = 0; c < s.c; ++c) {
      for (Index y = 0; y < s.h; ++y) {
        for (Index x = 0; x < s.w; ++x)
          result.at(n, c, x, y) = tensor.at(n, c, y, x);
      }
    }
  }
  return result;
}

}  // namespace convscope::engine
