#pragma once

#include <algorithm>
#include <vector>

#include "engine/ops/pool2d.h"

namespace convscope::engine {

// One axis of a pooling.
struct PoolAxis {
  Index n;  // cells of the input
  Index kernel, stride, dilation;
  Index before, after;  // padding
};

inline PoolAxis pool_rows(const Shape& input, const Pool2dOptions& o) {
  return {input.h, o.kernel.y, o.stride.y, o.dilation.y, o.padding.top, o.padding.bottom};
}

inline PoolAxis pool_columns(const Shape& input, const Pool2dOptions& o) {
  return {input.w, o.kernel.x, o.stride.x, o.dilation.x, o.padding.left, o.padding.right};
}

// The part of a pooling window along one axis that lies in the input: the cells begin, begin +
// dilation, ... < end. Empty if begin >= end.
struct WindowRange {
  Index begin = 0;
  Index end = 0;
  Index padded = 0;  // cells of the window in the padded input, for count_include_pad
  bool empty() const { return begin >= end; }
};

// Returns the range of the window at output position `position`.
inline WindowRange window_range(const PoolAxis& axis, Index position) {
  const Index start = position * axis.stride - axis.before;
  const Index stop = start + axis.dilation * (axis.kernel - 1) + 1;
  const Index skipped = start < 0 ? (-start + axis.dilation - 1) / axis.dilation : 0;
  return {start + skipped * axis.dilation, std::min(stop, axis.n),
          std::min(stop, axis.n + axis.after) - start};
}

// Returns the ranges of the windows at positions 0 to count - 1.
inline std::vector<WindowRange> window_ranges(const PoolAxis& axis, Index count) {
  std::vector<WindowRange> result;
  for (Index i = 0; i < count; ++i)
    result.push_back(window_range(axis, i));
  return result;
}

// The ranges of all windows, by rows and by columns.
struct WindowPlan {
  std::vector<WindowRange> ys;
  std::vector<WindowRange> xs;
};

inline WindowPlan window_plan(const Shape& input, const Shape& output, const Pool2dOptions& o) {
  return {window_ranges(pool_rows(input, o), output.h),
          window_ranges(pool_columns(input, o), output.w)};
}

// Returns the divisor of a window's average.
inline float window_divisor(const WindowRange& ry, const WindowRange& rx, const Pool2dOptions& o) {
  if (o.divisor_override != 0) return static_cast<float>(o.divisor_override);
  if (o.count_include_pad) return static_cast<float>(ry.padded * rx.padded);
  return static_cast<float>((ry.end - ry.begin) * (rx.end - rx.begin));
}

}  // namespace convscope::engine
