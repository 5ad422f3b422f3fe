#pragma once

#include "engine/ops/conv2d.h"

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

// Rows of `channels` channels from `channel` on: rows [first, first + count) of the padded input
// (0 is padding.top above it), into [channels][stride][row.size()]. Of each, the columns are copied
// that `width` output columns need; padding.left and padding.top may be negative, to begin inside
// the input.
struct RowsToPack {
  Index n, channel, channels;
  Index first, count;
  Index stride;  // rows between two channels
  Index kernel_width, width;
  float zero = 0.0f;  // what stands in the padding zeros
};
void pack_rows(const Tensor& input, const Conv2dOptions& options, const RowsToPack& rows,
               const PackedRow& row, float* to);

}  // namespace convscope::fast
