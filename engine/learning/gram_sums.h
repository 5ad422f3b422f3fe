#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "engine/ops/conv2d.h"

namespace convscope {

// Called with the share that is done, from 0 to 1 and never falling, by one thread at a time but
// not always by the same.
using Progress = std::function<void(double)>;

// Every output cell is the product of its output channel's parameters with what stands under
// the kernel there, the cell's patch p: weights by input channel, kernel row and column, then the 1
// that the bias is multiplied with. These are the sums over all pictures and output cells of
//
//   gram[group]     p pᵀ       [size, size], symmetric; one patch for all the group's outputs
//   cross[channel]  p target   [size] for each output channel
//   square          target²
struct GramSums {
  Index groups = 1;
  Index channels = 1;  // output channels
  Index size = 0;  // parameters of one output channel: C_in / groups · kh · kw, + 1 for a bias
  std::vector<double> gram;
  std::vector<double> cross;
  double square = 0.0;
};

// The sums, in double and in an order that depends on the shapes only. `weight` is the full weight
// of a conv2d that fits; empty if `stop` was requested. Throws Error for shapes that don't fit and
// for a weight of so many values that the sums would not be held.
//
// The sums of products that lie equally far apart share their work: a 7 × 7 kernel has 49² pairs of
// weights, but only 85 distances; what differs between pairs are the edges of the canvas.
std::optional<GramSums> gram_sums(const Tensor& input, const Tensor& target, const Shape& weight,
                                  const Conv2dOptions& options, bool bias,
                                  const std::stop_token& stop = {}, const Progress& progress = {});

}  // namespace convscope
