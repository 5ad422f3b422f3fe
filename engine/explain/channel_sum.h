#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/explain/explain_sum.h"
#include "engine/ops/conv2d.h"

// The output of a layer as a sum over its input channels: map = Σ slice_i ⋆ X_i + bias.
namespace convscope::engine {

// Returns how many input channels output channel `channel` sums; first_input_channel is the first.
Index summed_channels(const Shape& weight, const Conv2dOptions& options);

// Returns the filter slice [1, 1, kh, kw] of output channel `channel` for the i-th channel it sums.
Tensor filter_slice(const Tensor& weight, const Conv2dOptions& options, Index channel, Index i);

// Writes the i-th term of the sum for picture n, [1, 1, H', W'], without the bias: conv2d of that
// one channel with its slice. Returns false, with unspecified values, if `stop` was requested
// before the end. Throws Error as conv2d does.
[[nodiscard]] bool channel_term_into(const Tensor& input, const Tensor& weight,
                                     const Conv2dOptions& options, Index n, Index channel, Index i,
                                     Tensor& output, const std::stop_token& stop = {});

// The products of a cell's sum, added up for one input channel.
struct ChannelSum {
  Index channel = 0;
  double sum = 0.0;
};
// Returns these sums for all input channels, in order of the channels.
std::vector<ChannelSum> channel_sums(const CellSum& sum);

// Writes the sum by channels: "0.31 + 1.2 − 0.44 + bias 0.1 = 1.17". Channels beyond `max_terms`
// are added together: "0.31 + 1.2 + 0.05 (the other 14) + bias 0.1 = 1.66". A bias of 0 is left
// out. `name` names each channel behind its number: "0.31 (R) + 1.2 (G)".
using ChannelName = std::function<std::string(Index)>;
std::string channel_formula(const CellSum& sum, std::size_t max_terms = 16, int digits = 4,
                            const ChannelName& name = nullptr);

}  // namespace convscope::engine
