#include "engine/explain/gradient_channels.h"

#include <map>

#include "engine/ops/cell_links.h"

namespace convscope::engine {

ChannelRange reached_channels(const Shape& weight, const Conv2dOptions& options, Index channel) {
  if (options.transposed) {
    const Index inputs = weight.n / options.groups;
    return {channel / inputs * weight.c, weight.c};
  }
  const Index outputs = weight.n / options.groups;
  return {channel / weight.c * outputs, outputs};
}

bool gradient_term_into(const Tensor& grad_output, const Tensor& weight,
                        const Conv2dOptions& options, Index n, Index channel, Index i, Tensor& term,
                        Conv2dWorkspace& workspace, const std::stop_token& stop) {
  const Shape& y = grad_output.shape();
  const Index output = reached_channels(weight.shape(), options, channel).first + i;
  const Tensor plane({1, 1, y.h, y.w}, grad_output.plane(n, output));
  const Index slice = channel - first_input_channel(weight.shape(), options, output);
  Conv2dOptions single = options;
  single.groups = 1;
  return conv2d_grad_input_into(plane, filter_slice(weight, options, output, slice), single, term,
                                workspace, stop);
}

std::vector<ChannelSum> channel_gradients(const BackwardSum& sum) {
  std::map<Index, double> totals;
  for (const BackwardTerm& term : sum.largest)
    totals[term.channel] += term.product();
  std::vector<ChannelSum> sums;
  sums.reserve(totals.size());
  for (const auto& [channel, total] : totals)
    sums.push_back({channel, total});
  return sums;
}

}  // namespace convscope::engine
