// The terms of an input channel's gradient against the whole gradient.
#include "engine/explain/gradient_channels.h"

// RapidCheck uses GoogleTest without including it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/ops/conv2d_plan.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/differences.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

RC_GTEST_PROP(GradientChannels, TheTermsOfTheOutputChannelsSumToTheGradient, ()) {
  const ConvCase c = arbitrary_case();
  RC_LOG() << c.options << '\n';
  const Tensor weight = quarters(c.weight, 2);
  const Tensor grad = quarters(conv2d_output_shape(c.input, c.weight, c.options), 3);
  const Tensor whole = conv2d_grad_input(grad, weight, c.input, c.options);
  const Index n = pick(0, c.input.n - 1), channel = pick(0, c.input.c - 1);
  const ChannelRange reached = reached_channels(c.weight, c.options, channel);
  RC_ASSERT(reached.count > 0);
  Conv2dWorkspace workspace;
  Tensor sum({1, 1, c.input.h, c.input.w});
  Tensor term(sum.shape());
  const Yx cell{pick(0, c.input.h - 1), pick(0, c.input.w - 1)};
  const std::vector<ChannelSum> sums = channel_gradients(
      explain_grad_input(grad, weight, c.input, c.options, n, channel, cell, 100'000));
  for (Index i = 0; i < reached.count; ++i) {
    RC_ASSERT(gradient_term_into(grad, weight, c.options, n, channel, i, term, workspace));
    for (std::size_t at = 0; at < sum.values().size(); ++at)
      sum.values()[at] += term.values()[at];
    double explained = 0.0;
    for (const ChannelSum& each : sums)
      if (each.channel == reached.first + i) explained = each.sum;
    RC_ASSERT(explained == static_cast<double>(term.at(cell.y, cell.x)));
  }
  for (std::size_t at = 0; at < sum.values().size(); ++at)
    RC_ASSERT(sum.values()[at] == whole.plane(n, channel)[at]);
}

TEST(GradientChannels, AChannelHandsToTheOutputsOfItsGroup) {
  Conv2dOptions grouped;
  grouped.groups = 2;
  EXPECT_EQ(reached_channels({6, 2, 1, 1}, grouped, 1).first, 0);
  EXPECT_EQ(reached_channels({6, 2, 1, 1}, grouped, 2).first, 3);
  EXPECT_EQ(reached_channels({6, 2, 1, 1}, grouped, 2).count, 3);
  grouped.transposed = true;
  EXPECT_EQ(reached_channels({4, 3, 1, 1}, grouped, 3).first, 3);
}

}  // namespace
}  // namespace convscope::engine
