#pragma once

#include <algorithm>
#include <vector>

#include "engine/pool2d.h"

namespace convscope {

// The part of a pooling window along one axis that lies in the input: begin, begin + dilation,
// ... < end. Empty if begin >= end.
struct WindowRange {
  Index begin = 0;
  Index end = 0;
  Index padded = 0;  // cells of the window in the padded input, for count_include_pad
};

inline WindowRange window_range(Index position, Index n, Index kernel, Index stride, Index padding,
                                Index dilation) {
  const Index start = position * stride - padding;
  const Index stop = start + dilation * (kernel - 1) + 1;
  const Index skipped = start < 0 ? (-start + dilation - 1) / dilation : 0;
  return {start + skipped * dilation, std::min(stop, n), std::min(stop, n + padding) - start};
}

inline std::vector<WindowRange> window_ranges(Index count, Index n, Index kernel, Index stride,
                                              Index padding, Index dilation) {
  std::vector<WindowRange> result;
  for (Index i = 0; i < count; ++i)
    result.push_back(window_range(i, n, kernel, stride, padding, dilation));
  return result;
}

// All windows, by rows and by columns.
struct WindowPlan {
  std::vector<WindowRange> ys;
  std::vector<WindowRange> xs;
};

inline WindowPlan window_plan(const Shape& input, const Shape& output, const Pool2dOptions& o) {
  return {window_ranges(output.h, input.h, o.kernel.y, o.stride.y, o.padding.y, o.dilation.y),
          window_ranges(output.w, input.w, o.kernel.x, o.stride.x, o.padding.x, o.dilation.x)};
}

// What the average of a window divides by.
inline float window_divisor(const WindowRange& ry, const WindowRange& rx, const Pool2dOptions& o) {
  if (o.divisor_override != 0) return static_cast<float>(o.divisor_override);
  if (o.count_include_pad) return static_cast<float>(ry.padded * rx.padded);
  return static_cast<float>((ry.end - ry.begin) * (rx.end - rx.begin));
}

}  // namespace convscope
