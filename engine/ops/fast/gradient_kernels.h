#pragma once

#include <array>

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// Distance of a tile's rows in floats. It is a constant, which saves the kernels the addresses of
// their many rows, and not a power of 2, which would put all rows into the same cache sets.
inline constexpr Index kTilePitch = 288;

// Adds the weight's gradient of a block of rows:
//
//   sums[u][v] += sum_{r, x < columns} error[r][x] * input[r + v][x + u]
//
// Each sum is a vector, whose lanes must be added at the end.
template <typename Rows>
struct RowsGradient {
  Rows error;  // gradient_block_rows() rows
  Rows input;  // kernel_height - 1 more
  Index kernel_height, kernel_width;
  Index columns;  // a multiple of the lanes
  float* sums;    // [kernel_width][kernel_height][lanes]
  // Rows that are fetched into the cache meanwhile, as far as `columns`: groups of
  // gradient_block_rows() rows each; null for none.
  std::array<const float* const*, 3> ahead = {};
};
using BlockGradient = RowsGradient<const float* const*>;  // pointers to rows anywhere
using TileGradient = RowsGradient<const float*>;          // the first of rows kTilePitch apart
void add_block_gradient(const BlockGradient& block);
void add_tile_gradient(const TileGradient& tile);

// Adds the lanes of sums[u][v] to totals[v][u], in double, and sets the vectors to 0.
void flush_sums(float* sums, Index kernel_height, Index kernel_width, double* totals);
// So many products may be summed in float, by all lanes together, before that.
constexpr Index kMaxBlockSummed = Index{1} << 15;

// Returns the largest kernel height that add_block_gradient() supports.
Index max_gradient_kernel_height();
// Returns whether a block of rows is faster than pairing its rows (weight_kernels.h).
bool gradient_blocks_pay(Index kernel_height);
// Returns the rows of a block, as many as those of plane_blocking().
Index gradient_block_rows(Index kernel_height);

}  // namespace convscope::engine::fast
