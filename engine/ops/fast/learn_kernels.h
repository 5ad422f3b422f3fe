#pragma once

#include <array>

#include "engine/core/tensor.h"

namespace convscope::fast {

// Rows of a tile stand so many floats apart: a constant, which spares the kernels the addresses of
// their many rows, and no power of 2, which would put all of them into the same cache sets.
inline constexpr Index kTilePitch = 288;
inline constexpr Index kTileColumns = 256;  // at most, of the output

// The largest kernel height that the gradient of a tile takes; its blocks have the rows of
// plane_blocking().
Index tallest_learnt();

// error = prediction - target, in both of the rows of `count` values that hold the prediction and
// are to hold the error; returns the sum of its squares. The square is of the exact difference, not
// of the one rounded to float. `streaming` as PlaneBlock's, for `error`.
double subtract_row(float* prediction, const float* target, Index count, float* error,
                    bool streaming);

// sums[u][v] += error[r][x] * input[r + v][x + u], for all r of a block and all x < columns, a
// multiple of the lanes. Each sum is a vector, whose lanes add up to it.
//
// Meanwhile rows that the next block needs are fetched into the cache.
struct RowsAhead {
  const float* first = nullptr;  // a block's rows, each of as many columns; null for none
  Index pitch = 0;
};
struct TileGradient {
  const float* error;  // [plane_blocking().rows][kTilePitch]
  const float* input;  // [plane_blocking().rows + kernel_height - 1][kTilePitch]
  Index kernel_height, kernel_width;
  Index columns;
  float* sums;  // [kernel_width][kernel_height][lanes]
  std::array<RowsAhead, 3> ahead;
};
void add_tile_gradient(const TileGradient& tile);

// totals[v][u] += the lanes of sums[u][v], in double; the vectors become 0.
void drain_sums(float* sums, Index kernel_height, Index kernel_width, double* totals);

}  // namespace convscope::fast
