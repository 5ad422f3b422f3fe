#pragma once

#include "engine/ops/conv2d.h"

namespace convscope::engine::fast {

// A padded row of the input, copied so that a kernel reads it without gaps or edges. Column p of
// the padded row (p = 0 is padding.left before the input) stands in phase p % stride. The values of
// the kernel's column u for output column x stand at
//
//   phase (u * dilation) % stride, index x + (u * dilation) / stride
//
// The phases follow each other, `phase` floats each; places that no kernel reads are 0.
struct PackedRow {
  Index stride = 1;
  Index phase = 0;
  Index size() const { return stride * phase; }
  // Returns where the values of the kernel's column u begin.
  Index offset(Index u, Index dilation) const {
    return u * dilation % stride * phase + u * dilation / stride;
  }
};

// Returns the layout for `width` output columns, which a kernel may round up to a multiple of
// `lanes`.
inline PackedRow packed_row(const Conv2dOptions& o, Index kernel_width, Index width, Index lanes) {
  const Index columns = (width + lanes - 1) / lanes * lanes;
  const Index reach = o.dilation.x * (kernel_width - 1) / o.stride.x;
  return {o.stride.x, (columns + reach + lanes) / lanes * lanes};
}

// Copies `channels` channels from `channel` on, each with rows [first, first + count) of the padded
// input (row 0 is padding.top above the input), into [channels][stride][row.size()]. Copies the
// columns that `width` output columns need. padding.left and padding.top may be negative to begin
// inside the input.
struct RowsToPack {
  Index n, channel, channels;
  Index first, count;
  Index stride;  // rows between two channels
  Index kernel_width, width;
  float zero = 0.0f;  // the value of the padding in mode zeros
};
void pack_rows(const Tensor& input, const Conv2dOptions& options, const RowsToPack& rows,
               const PackedRow& row, float* to);

}  // namespace convscope::engine::fast
