// Every path of conv2d against the reference, on every instruction set of the machine.
#include "engine/conv2d_plan.h"
#include "engine/conv2d_reference.h"
#include "tests/engine/fast/cases.h"

namespace convscope {
namespace {

void expect_path(Conv2dPath path, const ConvCase& c, double tolerance) {
  RC_PRE(path_fits(path, c.input, c.weight, c.options));
  const Tensor input = random_tensor(c.input, c.seed);
  const Tensor weight = random_tensor(c.weight, c.seed + 1);
  const Tensor bias = random_tensor({1, 1, 1, c.bias ? c.weight.n : 0}, c.seed + 2);
  const Tensor expected = reference::conv2d(input, weight, bias.values(), c.options);
  for_each_target([&](const char* target) {
    Conv2dWorkspace workspace;
    Tensor output(expected.shape(), 1e30f);
    RC_ASSERT(correlate(input, weight, bias.values(), c.options, output, workspace, {}, path));
    const double error = difference(output, expected);
    if (!(error <= tolerance)) RC_LOG() << c << " on " << target << ": " << error << '\n';
    RC_ASSERT(error <= tolerance);
  });
}

RC_GTEST_PROP(PlanePath, IsTheReference, ()) {
  expect_path(Conv2dPath::kPlane, draw_case({.size = 90, .kernel = 17}), 1e-5);
}

RC_GTEST_PROP(LayerPath, IsTheReference, ()) {
  expect_path(Conv2dPath::kLayer,
              draw_case({.size = 60, .kernel = 6, .channels = 11, .strides = true}), 1e-5);
}

RC_GTEST_PROP(PlainPath, IsTheReference, ()) {
  expect_path(Conv2dPath::kPlain, draw_case({.channels = 3, .strides = true}), 1e-5);
}

void expect_spread(const ConvCase& c) {
  const Shape small_shape = conv2d_output_shape(c.input, c.weight, c.options);
  const Tensor small = random_tensor(small_shape, c.seed);
  const Tensor weight = random_tensor(c.weight, c.seed + 1);
  const Tensor expected = reference::conv2d_grad_input(small, weight, c.input, c.options);
  for (const SpreadPath path : {SpreadPath::kPlain, SpreadPath::kCorrelate}) {
    if (!path_fits(path, c.options)) continue;
    for_each_target([&](const char* target) {
      Conv2dWorkspace workspace;
      Tensor large(c.input, 1e30f);
      RC_ASSERT(spread(small, weight, {}, c.options, large, workspace, {}, path));
      const double error = difference(large, expected);
      if (!(error <= 1e-5)) RC_LOG() << c << " on " << target << ": " << error << '\n';
      RC_ASSERT(error <= 1e-5);
    });
  }
}

RC_GTEST_PROP(SpreadPaths, AreTheReference, ()) {
  expect_spread(draw_case({.size = 24, .kernel = 6, .channels = 5, .strides = true}));
}

RC_GTEST_PROP(SpreadPaths, AreTheReferenceWithStride1AndZeros, ()) {
  ConvCase c = draw_case({.size = 40, .kernel = 6, .channels = 5});
  c.options.padding_mode = PaddingMode::kZeros;
  expect_spread(c);
}

RC_GTEST_PROP(GradWeightPaths, AreTheReference, ()) {
  const ConvCase c = draw_case({.size = 60, .kernel = 8, .channels = 6, .strides = true});
  const Tensor large = random_tensor(c.input, c.seed);
  const Tensor small = random_tensor(conv2d_output_shape(c.input, c.weight, c.options), c.seed + 1);
  const Tensor expected = reference::conv2d_grad_weight(large, small, c.weight, c.options);
  for (const GradWeightPath path : {GradWeightPath::kPlain, GradWeightPath::kFast}) {
    for_each_target([&](const char* target) {
      Conv2dWorkspace workspace;
      Tensor grad(c.weight, 1e30f);
      RC_ASSERT(correlate_grad_weight(large, small, c.options, grad, workspace, {}, path));
      const double error = difference(grad, expected);
      if (!(error <= 1e-5)) RC_LOG() << c << " on " << target << ": " << error << '\n';
      RC_ASSERT(error <= 1e-5);
    });
  }
}

}  // namespace
}  // namespace convscope
