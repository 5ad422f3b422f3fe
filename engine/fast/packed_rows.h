#pragma once

#include <algorithm>

#include "engine/conv2d.h"
#include "engine/padding.h"

namespace convscope::fast {

// A padded row of the input, copied so that a kernel reads it without gaps or edges: column p of
// the padded row (p = 0 is padding.left before the input) stands in phase p % stride, and the
// kernel's column u for the output column x at
//
//   phase (u * dilation) % stride, index x + (u * dilation) / stride
//
// Phases follow each other, `phase` floats each; what no kernel reads is 0.
struct PackedRow {
  Index stride = 1;
  Index phase = 0;
  Index size() const { return stride * phase; }
  // Where the kernel's column u begins.
  Index offset(Index u, Index dilation) const {
    return u * dilation % stride * phase + u * dilation / stride;
  }
};

// For `width` output columns, which may be rounded up to a multiple of `lanes` when they are
// computed.
inline PackedRow packed_row(const Conv2dOptions& o, Index kernel_width, Index width, Index lanes) {
  const Index columns = (width + lanes - 1) / lanes * lanes;
  const Index reach = o.dilation.x * (kernel_width - 1) / o.stride.x;
  return {o.stride.x, (columns + reach + lanes) / lanes * lanes};
}

// `from` has `width` columns, or is null for a row of zeros. `needed` columns of the padded row are
// copied; padding.left may be negative, to begin inside the input.
inline void pack_row(const float* from, Index width, const Conv2dOptions& o, Index needed,
                     const PackedRow& row, float* to) {
  std::fill_n(to, row.size(), 0.0f);
  if (from == nullptr) return;
  const Index left = o.padding.left;
  const Index begin = std::clamp<Index>(left, 0, needed);
  const Index end = std::clamp<Index>(left + width, begin, needed);
  const auto put = [&](Index p, float value) {
    to[p % row.stride * row.phase + p / row.stride] = value;
  };
  if (row.stride == 1) {
    std::copy(from + (begin - left), from + (end - left), to + begin);
  } else {
    for (Index phase = 0; phase < row.stride; ++phase) {
      const Index first = (begin - phase + row.stride - 1) / row.stride;
      float* at = to + phase * row.phase;
      for (Index i = std::max<Index>(0, first); i * row.stride + phase < end; ++i)
        at[i] = from[i * row.stride + phase - left];
    }
  }
  if (o.padding_mode == PaddingMode::kZeros) return;
  for (Index p = 0; p < begin; ++p)
    put(p, from[padding_source(p - left, width, o.padding_mode)]);
  for (Index p = end; p < needed; ++p)
    put(p, from[padding_source(p - left, width, o.padding_mode)]);
}

}  // namespace convscope::fast
