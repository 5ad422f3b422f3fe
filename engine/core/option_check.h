#pragma once

#include <algorithm>
#include <string>

#include "engine/core/error.h"
#include "engine/core/shape_text.h"

// Checks that convolution and pooling share. The messages name the thing and its value, and are
// only put together where a check fails: a repeated evaluation allocates nothing.
namespace convscope {

// Larger numbers mean nothing for a picture, and below it no sum of sizes overflows.
inline constexpr Index kMaxExtent = 1 << 24;
inline constexpr Index kMaxValues = Index{1} << 34;  // 64 GB as float32

inline void require_range(const std::string& what, Index smallest, Index largest, Index least) {
  if (smallest < least)
    throw Error(what + (least == 0 ? " must not be negative" : " must be at least 1"));
  if (largest > kMaxExtent) throw Error(what + " must be at most " + std::to_string(kMaxExtent));
}

inline void require_range(const char* what, Yx value, Index least) {
  const Index smallest = std::min(value.y, value.x);
  const Index largest = std::max(value.y, value.x);
  if (smallest >= least && largest <= kMaxExtent) return;
  require_range(what + (" " + pair_text(value)), smallest, largest, least);
}

// An empty batch is fine, as in PyTorch.
inline void require_values(const char* what, const Shape& shape) {
  if (shape.n < 0 || std::min({shape.c, shape.h, shape.w}) < 1)
    throw Error(std::string(what) + " " + to_string(shape) + " has no values");
  if (std::max({shape.n, shape.c, shape.h, shape.w}) > kMaxExtent)
    throw Error(std::string(what) + " " + to_string(shape) + " is too large: sizes end at " +
                std::to_string(kMaxExtent));
}

// A kernel of `reach` cells, named by kernel(), that must lie within the padded input.
template <typename Name>
void require_fit(const Name& kernel, Yx reach, const Shape& input, Yx padded) {
  if (reach.y > padded.y || reach.x > padded.x)
    throw Error(kernel() + " does not fit into input " + to_string(input) + ": it covers " +
                size_text(reach) + " cells, and the padded input has " + size_text(padded));
}

// The output's shape, if that many values can be held.
inline Shape require_holdable(const Shape& output) {
  const double values = static_cast<double>(output.n) * static_cast<double>(output.c) *
                        static_cast<double>(output.h) * static_cast<double>(output.w);
  if (values > static_cast<double>(kMaxValues))
    throw Error("output " + to_string(output) + " would have more than " +
                std::to_string(kMaxValues) + " values");
  return output;
}

}  // namespace convscope
