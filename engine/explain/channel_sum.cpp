#include "engine/explain/channel_sum.h"

#include <algorithm>
#include <cmath>

#include "engine/core/number_text.h"
#include "engine/ops/cell_links.h"

namespace convscope::engine {
namespace {

// Appends a number to a sum, joined with + or − and written without its sign; the first keeps it.
void append(std::string& text, double value, int digits, const char* before = "") {
  if (text.empty()) {
    text = before + whole_text(value, digits);
    return;
  }
  text += (value < 0.0 ? " − " : " + ") + (before + whole_text(std::abs(value), digits));
}

}  // namespace

Index summed_channels(const Shape& weight, const Conv2dOptions& options) {
  return options.transposed ? weight.n / options.groups : weight.c;
}

Tensor filter_slice(const Tensor& weight, const Conv2dOptions& options, Index channel, Index i) {
  const Shape& k = weight.shape();
  const Shape plane{1, 1, k.h, k.w};
  if (!options.transposed) return Tensor(plane, weight.plane(channel, i));
  return Tensor(plane, weight.plane(first_input_channel(k, options, channel) + i, channel % k.c));
}

bool channel_term_into(const Tensor& input, const Tensor& weight, const Conv2dOptions& options,
                       Index n, Index channel, Index i, Tensor& output,
                       const std::stop_token& stop) {
  const Shape& x = input.shape();
  const Index first = first_input_channel(weight.shape(), options, channel);
  const Tensor plane({1, 1, x.h, x.w}, input.plane(n, first + i));
  Conv2dOptions single = options;
  single.groups = 1;
  return conv2d_into(plane, filter_slice(weight, options, channel, i), {}, single, output, stop);
}

std::vector<ChannelSum> channel_sums(const CellSum& sum) {
  std::vector<ChannelSum> sums;
  for (const Term& term : sum.terms) {
    if (sums.empty() || sums.back().channel != term.channel) sums.push_back({term.channel, 0.0});
    sums.back().sum += term.product();
  }
  return sums;
}

std::string channel_formula(const CellSum& sum, std::size_t max_terms, int digits,
                            const ChannelName& name) {
  const std::vector<ChannelSum> sums = channel_sums(sum);
  const std::size_t shown = sums.size() > max_terms ? max_terms : sums.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    append(text, sums[i].sum, digits);
    if (name) text += " (" + name(sums[i].channel) + ")";
  }
  if (const std::size_t others = sums.size() - shown; others > 0) {
    double rest = 0.0;
    for (std::size_t i = shown; i < sums.size(); ++i)
      rest += sums[i].sum;
    append(text, rest, digits);
    text += others == 1 ? " (the other)" : " (the other " + std::to_string(others) + ")";
  }
  if (sum.bias != 0.0f || text.empty())
    append(text, static_cast<double>(sum.bias), digits, "bias ");
  return text + " = " + whole_text(sum.value, digits);
}

}  // namespace convscope::engine
