#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "engine/ops/conv2d.h"

namespace convscope::engine {

// Receives the share of the work that is done, from 0 to 1 and never decreasing. Called by one
// thread at a time, but not always by the same.
using Progress = std::function<void(double)>;

// An output cell is the dot product of its output channel's parameters with the cell's patch p: the
// values under the kernel, by input channel, kernel row and column, then a 1 for the bias. GramSums
// holds these sums over all pictures and output cells:
//
//   gram[group]      p pᵀ       [size, size], symmetric; the same for all outputs of a group
//   cross[channel]   p target   [size] for each output channel
//   square           target²
struct GramSums {
  Index groups = 1;
  Index channels = 1;  // output channels
  Index size = 0;  // parameters of one output channel: C_in / groups · kh · kw, + 1 for a bias
  std::vector<double> gram;
  std::vector<double> cross;
  double square = 0.0;
};

// Returns the sums, made in double and in an order that depends on the shapes only, or nullopt if
// `stop` was requested. `weight` is the shape of the full weight of a conv2d that fits. Throws
// Error for shapes that don't fit, and for a weight of so many values that the sums would take too
// much memory.
//
// Pairs of weights at the same distance share their work: a 7 × 7 kernel has 49² pairs of weights
// but only 85 distances. Only the edges of the canvas differ between such pairs.
std::optional<GramSums> gram_sums(const Tensor& input, const Tensor& target, const Shape& weight,
                                  const Conv2dOptions& options, bool bias,
                                  const std::stop_token& stop = {}, const Progress& progress = {});

}  // namespace convscope::engine
