#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/canvas.h"

// The two loops of gram_sums.h over a share of the rows. Sums are added to; where `stop` is
// requested they stay unfinished.
namespace convscope {

// Rows [begin, end) of all pictures, one picture after the other.
struct RowShare {
  Index begin = 0;
  Index end = 0;
};

// sums[a * taps + b] += canvas value under tap a of channel i times that under tap b of channel j,
// over the output cells whose tap a lies in `rows` of the canvas. Taps in reading order. If i == j
// only b >= a.
void sum_pair(const Canvas& canvas, const Tensor& input, Index i, Index j, RowShare rows,
              std::span<double> sums, const std::stop_token& stop);

// sums[a] += canvas value under tap a of channel i times the target's channel `o`, over `rows` of
// the output; with o = -1 times 1. Behind the taps' sums: that of the target's values and that of
// their squares.
constexpr Index kTargetSums = 2;
void sum_cross(const Canvas& canvas, const Tensor& input, Index i, const Tensor& target, Index o,
               RowShare rows, std::span<double> sums, const std::stop_token& stop);

}  // namespace convscope
