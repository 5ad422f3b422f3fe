#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/canvas.h"

// The two loops of gram_sums.h over a share of the rows. Both add to `sums`, which stay incomplete
// if `stop` is requested.
namespace convscope::engine {

// Rows [begin, end), counted through all pictures one after the other.
struct RowShare {
  Index begin = 0;
  Index end = 0;
};

// Adds to sums[a * taps + b] the canvas value under tap a of channel i times that under tap b of
// channel j, for the output cells whose tap a lies in `rows` of the canvas. The taps are numbered
// row by row. If i == j, only sums with b >= a are made.
void sum_pair(const Canvas& canvas, const Tensor& input, Index i, Index j, RowShare rows,
              std::span<double> sums, const std::stop_token& stop);

// Adds to sums[a] the canvas value under tap a of channel i times the target's channel `o`, or
// times 1 if o is -1, over `rows` of the output. After the taps' sums follow the sum of the
// target's values and the sum of their squares.
constexpr Index kTargetSums = 2;
void sum_cross(const Canvas& canvas, const Tensor& input, Index i, const Tensor& target, Index o,
               RowShare rows, std::span<double> sums, const std::stop_token& stop);

}  // namespace convscope::engine
