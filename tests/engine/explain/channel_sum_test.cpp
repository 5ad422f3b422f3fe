#include "engine/explain/channel_sum.h"

// RapidCheck uses GoogleTest without including it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/ops/cell_links.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

RC_GTEST_PROP(ChannelSumProperty, TheTermsAndTheBiasAreTheOutput, ()) {
  const ConvCase c = arbitrary_case();
  const Tensor input = random_tensor(c.input, 1);
  const Tensor weight = random_tensor(c.weight, 2);
  const Shape out = conv2d_output_shape(c.input, c.weight, c.options);
  std::vector<float> bias(static_cast<std::size_t>(out.c));
  for (std::size_t i = 0; i < bias.size(); ++i)
    bias[i] = 0.5f * static_cast<float>(i);
  const Tensor output = conv2d(input, weight, bias, c.options);
  const Index n = pick(0, out.n - 1);
  const Index channel = pick(0, out.c - 1);
  Tensor sum({1, 1, out.h, out.w}, bias[static_cast<std::size_t>(channel)]);
  for (Index i = 0; i < summed_channels(c.weight, c.options); ++i) {
    Tensor term;
    RC_ASSERT(channel_term_into(input, weight, c.options, n, channel, i, term));
    for (Index v = 0; v < sum.numel(); ++v)
      sum.values()[static_cast<std::size_t>(v)] += term.values()[static_cast<std::size_t>(v)];
  }
  RC_ASSERT(difference(sum, Tensor({1, 1, out.h, out.w}, output.plane(n, channel))) < 1e-4);

  const Yx cell{pick(0, out.h - 1), pick(0, out.w - 1)};
  const CellSum explained = explain_output(input, weight, bias, c.options, n, channel, cell);
  double by_channel = static_cast<double>(explained.bias);
  for (const ChannelSum& part : channel_sums(explained)) {
    Tensor term;
    const Index first = first_input_channel(c.weight, c.options, channel);
    RC_ASSERT(channel_term_into(input, weight, c.options, n, channel, part.channel - first, term));
    RC_ASSERT(std::abs(part.sum - static_cast<double>(term.at(cell.y, cell.x))) < 1e-4);
    by_channel += part.sum;
  }
  RC_ASSERT(std::abs(by_channel - explained.value) < 1e-9);
}

// One product in each of `values.size()` channels.
CellSum sum_of(const std::vector<float>& values, float bias) {
  CellSum sum;
  sum.bias = bias;
  sum.value = static_cast<double>(bias);
  for (std::size_t i = 0; i < values.size(); ++i) {
    Term term;
    term.x = values[i];
    term.w = 1.0f;
    term.channel = static_cast<Index>(i);
    sum.value += term.product();
    sum.terms.push_back(term);
  }
  return sum;
}

TEST(ChannelSum, ReadsAsASum) {
  EXPECT_EQ(channel_formula(sum_of({0.5f, 1.25f, -0.75f}, 0.25f)),
            "0.5 + 1.25 − 0.75 + bias 0.25 = 1.25");
  EXPECT_EQ(channel_formula(sum_of({-0.5f, 1.0f}, -2.0f)), "−0.5 + 1 − bias 2 = −1.5");
  EXPECT_EQ(channel_formula(sum_of({3.0f}, 0.0f)), "3 = 3");
  EXPECT_EQ(channel_formula(sum_of({}, 0.5f)), "bias 0.5 = 0.5");
}

TEST(ChannelSum, NamesItsChannels) {
  const auto name = [](Index channel) { return std::string(1, "RGB"[channel]); };
  EXPECT_EQ(channel_formula(sum_of({0.5f, 1.25f, -0.75f}, 0.25f), 16, 4, name),
            "0.5 (R) + 1.25 (G) − 0.75 (B) + bias 0.25 = 1.25");
  EXPECT_EQ(channel_formula(sum_of({1, 2, 3}, 0.0f), 1, 4, name), "1 (R) + 5 (the other 2) = 6");
}

TEST(ChannelSum, ManyChannelsEndInTheRest) {
  EXPECT_EQ(channel_formula(sum_of({1, 2, 3, 4}, 0.5f), 2),
            "1 + 2 + 7 (the other 2) + bias 0.5 = 10.5");
  EXPECT_EQ(channel_formula(sum_of({1, 2, 3}, 0.0f), 2), "1 + 2 + 3 (the other) = 6");
}

}  // namespace
}  // namespace convscope::engine
