#pragma once

#include <stop_token>
#include <vector>

#include "engine/explain/channel_sum.h"
#include "engine/explain/explain_backward.h"
#include "engine/ops/conv2d.h"

// The gradient of a layer's input channel as a sum over the output channels that sum it.
namespace convscope::engine {

// So many channels, from the first.
struct ChannelRange {
  Index first = 0, count = 0;
};
// Returns the output channels that sum input channel `channel`: those of its group.
ChannelRange reached_channels(const Shape& weight, const Conv2dOptions& options, Index channel);

// Writes the term of picture n and the i-th of these output channels into `term`, which has the
// shape [1, 1, H, W] of the input's plane: conv2d_grad_input of that one channel with its slice.
// Returns false, with unspecified values, if `stop` was requested before the end. Throws Error as
// conv2d_grad_input does.
[[nodiscard]] bool gradient_term_into(const Tensor& grad_output, const Tensor& weight,
                                      const Conv2dOptions& options, Index n, Index channel, Index i,
                                      Tensor& term, Conv2dWorkspace& workspace,
                                      const std::stop_token& stop = {});

// Returns the kept products of a cell's gradient added up for each output channel, in order of the
// channels. A channel whose products are all 0 is left out.
std::vector<ChannelSum> channel_gradients(const BackwardSum& sum);

}  // namespace convscope::engine
