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

}  // namespace
}  // namespace convscope
