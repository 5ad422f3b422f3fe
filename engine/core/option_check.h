#pragma once

#include <algorithm>
#include <string>

#include "engine/core/error.h"
#include "engine/core/shape_text.h"

// Checks of arguments that convolution and pooling share. Each throws Error with a message that
// names the thing and its value. Messages are only built where a check fails, so that a repeated
// evaluation allocates nothing.
namespace convscope::engine {

// The largest size of an axis, far beyond any picture; sums of sizes below it can't overflow.
inline constexpr Index kMaxExtent = 1 << 24;
inline constexpr Index kMaxValues = Index{1} << 34;  // 64 GB as float32

// Throws Error unless every value is at least `least` (0 or 1) and at most kMaxExtent; `smallest`
// and `largest` are the extremes of the values.
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

// Throws Error where the channels, height or width are below 1 or any size is above kMaxExtent. An
// empty batch is accepted, as in PyTorch.
inline void require_values(const char* what, const Shape& shape) {
  if (shape.n < 0 || std::min({shape.c, shape.h, shape.w}) < 1)
    throw Error(std::string(what) + " " + to_string(shape) + " has no values");
  if (std::max({shape.n, shape.c, shape.h, shape.w}) > kMaxExtent)
    throw Error(std::string(what) + " " + to_string(shape) + " is too large: sizes end at " +
                std::to_string(kMaxExtent));
}

// Throws Error where a window of `reach` cells (the kernel with its dilation) is larger than the
// padded input. kernel() returns the name of the kernel for the message.
template <typename Name>
void require_fit(const Name& kernel, Yx reach, const Shape& input, Yx padded) {
  if (reach.y > padded.y || reach.x > padded.x)
    throw Error(kernel() + " does not fit into input " + to_string(input) + ": it covers " +
                size_text(reach) + " cells, and the padded input has " + size_text(padded));
}

// Returns the output's shape; throws Error where it has more than kMaxValues values.
inline Shape require_value_count(const Shape& output) {
  const double values = static_cast<double>(output.n) * static_cast<double>(output.c) *
                        static_cast<double>(output.h) * static_cast<double>(output.w);
  if (values > static_cast<double>(kMaxValues))
    throw Error("output " + to_string(output) + " would have more than " +
                std::to_string(kMaxValues) + " values");
  return output;
}

}  // namespace convscope::engine
