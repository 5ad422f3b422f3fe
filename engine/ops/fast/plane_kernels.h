#pragma once

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// Computes a block of output rows of one plane from the input rows under it:
//
//   out[i][x] = bias + sum_{u, v} weight[u * kernel_height + v] * in[i + v][x + u * dilation]
//
// The rows need not be neighbours in memory: the caller expresses padding, dilation and the ends of
// the plane by the pointers it passes.
struct PlaneBlock {
  const float* const* in;  // plane_blocking().rows + kernel_height - 1 rows
  float* const* out;       // plane_blocking().rows rows
  const float* weight;     // [kernel_width][kernel_height], column by column
  Index kernel_height = 1;
  Index kernel_width = 1;
  Index dilation = 1;  // dilation of the columns
  float bias = 0.0f;
  bool add = false;  // add to the values in `out` instead of to the bias
  // Fetches the rows under the next block into the cache; `in` then has plane_blocking().rows more
  // pointers.
  bool ahead = false;
  // Writes the output past the caches. `out` and the columns must be aligned to the lanes, and
  // finish_streaming() must be called before another thread reads the output.
  bool streaming = false;
};

// The block sizes for a kernel height on this machine.
struct PlaneBlocking {
  Index rows = 1;   // rows of a block
  Index lanes = 1;  // columns must be a multiple of it
};
constexpr Index kMaxPlaneBlockRows = 16;

PlaneBlocking plane_blocking(Index kernel_height);

// Computes columns [begin, end) of the block; their number must be a multiple of the lanes.
void plane_block(const PlaneBlock& block, Index begin, Index end);

// Returns whether to write past the caches: the output is so large (8 MB) that input and output
// fill most caches, and its rows are aligned.
inline bool streaming_pays(const Shape& output, Index lanes) {
  return output.numel() >= 2'000'000 && output.w % lanes == 0;
}
// Makes the values written past the caches visible to other threads.
void finish_streaming();

// Copies `columns` columns (a multiple of the lanes) from column `first` of each row into rows
// `stride` floats apart.
void copy_columns(const float* const* rows, Index count, Index first, Index columns, float* to,
                  Index stride);

}  // namespace convscope::engine::fast
