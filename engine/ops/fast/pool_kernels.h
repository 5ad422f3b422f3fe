#pragma once

#include <cstdint>

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// Rows of windows of two rows and two columns next to each other: out[y][x] pools in[2y][2x],
// in[2y][2x + 1], in[2y + 1][2x] and in[2y + 1][2x + 1].
struct PairsRows {
  const float* in;
  Index in_width = 0;  // floats from one row to the next
  float* out;
  Index out_width = 0;
  Index* indices = nullptr;  // laid out as out, or null
  Index rows = 0;            // rows of windows
  Index columns = 0;
  std::int32_t first = 0;  // index of in[0][0] in its plane
  float divisor = 4.0f;
};
void max_pairs(const PairsRows& pairs);
void average_pairs(const PairsRows& pairs);

// The gradient of rows of such windows by average pooling: each gradient, divided by `divisor`,
// goes to the four cells of its window, and 0 to a last column beyond the windows.
struct AveragePairsGradient {
  const float* gradients;  // [rows][columns]
  Index columns = 0;
  float* in;           // [2 * rows][in_width]
  Index in_width = 0;  // 2 * columns or one more
  Index rows = 0;
  float divisor = 4.0f;
};
void average_pairs_gradient(const AveragePairsGradient& pairs);

// The gradient of one row of such windows by max pooling: each of the `columns` gradients goes to
// the cell of its window that has its index, and the others get 0. Returns whether each index was
// that of a cell of its window.
struct PairsGradient {
  const float* gradients;
  const Index* indices;
  Index columns = 0;
  Index first = 0;  // index of upper[0] in its plane
  Index in_width = 0;
  float* upper;  // two rows of 2 * columns cells
  float* lower;
};
bool spread_pairs(const PairsGradient& row);

// One row of windows of any kind: cell t of window x is taps[t][x]. The taps are read up to a
// multiple of pool_lanes().
struct TapsRow {
  const float* const* taps;
  Index tap_count = 0;
  Index width = 0;  // number of windows
  float* out;
  // For max pooling the index of a cell is corners[x] + offsets[t], or starts[x] + start where no
  // cell is above -inf. Each array has a multiple of pool_lanes() values.
  const std::int32_t* offsets = nullptr;
  const std::int32_t* corners = nullptr;
  const std::int32_t* starts = nullptr;
  std::int32_t start = 0;
  Index* indices = nullptr;  // may be null
  // For average pooling the sum is divided by divisors[x] * divisor.
  const float* divisors = nullptr;
  float divisor = 1.0f;
};
void max_taps(const TapsRow& row);
void average_taps(const TapsRow& row);

Index pool_lanes();

}  // namespace convscope::engine::fast
