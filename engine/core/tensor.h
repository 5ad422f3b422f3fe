#pragma once

#include <cassert>
#include <cstdint>
#include <initializer_list>
#include <new>
#include <span>
#include <string>
#include <vector>

namespace convscope::engine {

using Index = std::int64_t;

// A pair of values for the two spatial axes, y (rows, downwards) before x (columns, to the right).
struct Yx {
  Index y = 0;
  Index x = 0;
  friend bool operator==(const Yx&, const Yx&) = default;
};

// The sizes of a tensor in PyTorch's order: batch, channels, height, width.
struct Shape {
  Index n = 1;
  Index c = 1;
  Index h = 0;
  Index w = 0;
  Index numel() const { return n * c * h * w; }
  friend bool operator==(const Shape&, const Shape&) = default;
};

// Writes a shape as PyTorch prints it: "[1, 3, 6, 8]".
std::string to_string(const Shape& shape);

// Aligns to a cache line and leaves floats uninitialised on resize, so that memory that is about to
// be overwritten isn't written twice.
template <typename T>
struct TensorAllocator {
  using value_type = T;
  static constexpr std::align_val_t kAlignment{64};
  TensorAllocator() = default;
  template <typename U>
  explicit TensorAllocator(const TensorAllocator<U>&) {}
  T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new(count * sizeof(T), kAlignment));
  }
  void deallocate(T* p, std::size_t) { ::operator delete(p, kAlignment); }
  template <typename U>
  void construct(U* p) {
    ::new (static_cast<void*>(p)) U;
  }
  template <typename U, typename... Args>
  void construct(U* p, Args&&... args) {
    ::new (static_cast<void*>(p)) U(static_cast<Args&&>(args)...);
  }
  friend bool operator==(const TensorAllocator&, const TensorAllocator&) { return true; }
};

// A dense float32 tensor, row-major NCHW, that owns its values.
//
//   data()[((n * C + c) * H + y) * W + x] == at(n, c, y, x)
class Tensor {
 public:
  Tensor() = default;
  explicit Tensor(const Shape& shape, float value = 0.0f);
  Tensor(const Shape& shape, std::span<const float> values);

  // Returns a tensor [1, 1, rows, columns]; every row must have the same length.
  static Tensor from_rows(std::initializer_list<std::initializer_list<float>> rows);

  const Shape& shape() const { return shape_; }
  Index numel() const { return shape_.numel(); }
  bool empty() const { return values_.empty(); }

  float* data() { return values_.data(); }
  const float* data() const { return values_.data(); }
  std::span<float> values() { return values_; }
  std::span<const float> values() const { return values_; }

  float* row(Index n, Index c, Index y) { return data() + offset(n, c, y, 0); }
  const float* row(Index n, Index c, Index y) const { return data() + offset(n, c, y, 0); }
  std::span<float> plane(Index n, Index c);
  std::span<const float> plane(Index n, Index c) const;

  float& at(Index n, Index c, Index y, Index x) { return values_[index(n, c, y, x)]; }
  float at(Index n, Index c, Index y, Index x) const { return values_[index(n, c, y, x)]; }
  // Accesses the first plane, for the many tensors that have only one.
  float& at(Index y, Index x) { return at(0, 0, y, x); }
  float at(Index y, Index x) const { return at(0, 0, y, x); }

  // Changes the shape; the values are unspecified afterwards. Allocates only to grow.
  void resize(const Shape& shape);
  void fill(float value);

  friend bool operator==(const Tensor&, const Tensor&) = default;

 private:
  Index offset(Index n, Index c, Index y, Index x) const {
    return ((n * shape_.c + c) * shape_.h + y) * shape_.w + x;
  }
  std::size_t index(Index n, Index c, Index y, Index x) const {
    assert(n >= 0 && n < shape_.n && c >= 0 && c < shape_.c);
    assert(y >= 0 && y < shape_.h && x >= 0 && x < shape_.w);
    return static_cast<std::size_t>(offset(n, c, y, x));
  }

  Shape shape_{1, 1, 0, 0};
  std::vector<float, TensorAllocator<float>> values_;
};

// Returns the tensor with rows and columns of every plane swapped: [N, C, H, W] -> [N, C, W, H].
Tensor transposed(const Tensor& tensor);

}  // namespace convscope::engine
