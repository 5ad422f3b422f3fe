#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "engine/explain/explain_sum.h"
#include "engine/ops/conv2d.h"

// The output of a layer as a sum over its input channels: map = Σ slice_i ⋆ X_i + bias.
namespace convscope {

// How many input channels output channel `channel` sums (first_input_channel is the first of them).
Index summed_channels(const Shape& weight, const Conv2dOptions& options);

// The slice of the filter of output channel `channel` for the i-th channel that it sums.
Tensor filter_slice(const Tensor& weight, const Conv2dOptions& options, Index channel, Index i);

// The i-th term of that sum over picture n, [1, 1, H', W'], without the bias: conv2d of the one
// channel with its slice. False, with unspecified values, if `stop` was requested before the end.
// Throws Error as conv2d does.
[[nodiscard]] bool channel_term_into(const Tensor& input, const Tensor& weight,
                                     const Conv2dOptions& options, Index n, Index channel, Index i,
                                     Tensor& output, const std::stop_token& stop = {});

// The products of one cell's sum added up by input channel, in their order.
struct ChannelSum {
  Index channel = 0;
  double sum = 0.0;
};
std::vector<ChannelSum> channel_sums(const CellSum& sum);

// "0.31 + 1.2 − 0.44 + bias 0.1 = 1.17": with more channels than `most`, the rest is summed:
// "0.31 + 1.2 + 0.05 (the other 14) + bias 0.1 = 1.66". A bias of 0 is left out.
std::string channel_formula(const CellSum& sum, std::size_t most = 16, int digits = 4);

}  // namespace convscope
