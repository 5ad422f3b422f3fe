#pragma once

#include "engine/core/tensor.h"

namespace convscope::fast {

// A block of output rows of one plane, computed from the input rows under it by
//
//   out[i][x] = bias + sum_{u, v} weight[u * kernel_height + v] * in[i + v][x + u * dilation]
//
// The rows need not be neighbours in memory: padding, dilation and the ends of the plane are a
// matter of which pointers the caller passes.
struct PlaneBlock {
  const float* const* in;  // plane_block_rows + kernel_height - 1 rows
  float* const* out;       // plane_block_rows rows
  const float* weight;     // [kernel_width][kernel_height], column by column
  Index kernel_height = 1;
  Index kernel_width = 1;
  Index dilation = 1;  // of columns
  float bias = 0.0f;
  bool add = false;  // to what `out` holds, instead of to the bias
  // Fetches the rows under the next block into the cache: plane_block_rows pointers more in `in`.
  bool ahead = false;
  // Output goes past the caches: `out` and the columns are aligned to the lanes, and
  // finish_streaming() comes before another thread reads it.
  bool streaming = false;
};

// The shape of the blocks for a kernel height on this machine.
struct PlaneBlocking {
  Index rows = 1;   // in a block
  Index lanes = 1;  // columns come in multiples of it
};
constexpr Index kMaxPlaneBlockRows = 16;

PlaneBlocking plane_blocking(Index kernel_height);

// Computes columns [begin, end), a multiple of the lanes, of the block.
void plane_block(const PlaneBlock& block, Index begin, Index end);

// Whether output is so large that input and output fill most caches (8 MB each), and its rows are
// aligned.
inline bool streaming_pays(const Shape& output, Index lanes) {
  return output.numel() >= 2'000'000 && output.w % lanes == 0;
}
void finish_streaming();

// Copies `columns` columns, a multiple of the lanes, of each row from `first` on into rows `stride`
// floats apart.
void copy_columns(const float* const* rows, Index count, Index first, Index columns, float* to,
                  Index stride);

}  // namespace convscope::fast
