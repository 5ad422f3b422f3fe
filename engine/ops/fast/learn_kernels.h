#pragma once

#include <array>

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// Distance of a tile's rows in floats. It is a constant, which saves the kernels the addresses of
// their many rows, and not a power of 2, which would put all rows into the same cache sets.
inline constexpr Index kTilePitch = 288;
inline constexpr Index kTileColumns = 256;  // most output columns of a tile

// Returns the largest kernel height that the gradient of a tile supports; its blocks have the rows
// of plane_blocking().
Index max_gradient_kernel_height();

// Writes prediction - target, `count` values, into `prediction` itself and into `error`, and
// returns the sum of their squares. The square is of the exact difference, not of the one rounded
// to float. `streaming` is PlaneBlock's, for `error`.
double subtract_row(float* prediction, const float* target, Index count, float* error,
                    bool streaming);

// Adds the weight's gradient of a block of rows: sums[u][v] += error[r][x] * input[r + v][x + u]
// for all rows r of the block and all x < columns, a multiple of the lanes. Each sum is a vector,
// whose lanes must be added at the end.
//
// Meanwhile the rows that the next block needs are fetched into the cache.
struct RowsAhead {
  const float* first = nullptr;  // the rows of a block, each as wide as the tile; null for none
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

// Adds the lanes of sums[u][v] to totals[v][u], in double, and sets the vectors to 0.
void flush_sums(float* sums, Index kernel_height, Index kernel_width, double* totals);

}  // namespace convscope::engine::fast
