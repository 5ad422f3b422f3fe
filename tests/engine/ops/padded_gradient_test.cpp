// The gradient of the padded input, and the same as a correlation with the kernel turned by 180°.
#include "engine/ops/padded_gradient.h"

#include "engine/core/error.h"
#include "engine/ops/conv2d_plan.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/differences.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

struct Backward {
  ConvCase c;
  Tensor weight, grad;
};

// Draws a case of an ordinary convolution with values whose sums do not round.
Backward arbitrary_backward() {
  Backward b{arbitrary_case(), {}, {}};
  RC_PRE(!b.c.options.transposed);
  RC_LOG() << b.c.options << '\n';
  b.weight = quarters(b.c.weight, 2);
  b.grad = quarters(conv2d_output_shape(b.c.input, b.c.weight, b.c.options), 3);
  return b;
}

RC_GTEST_PROP(PaddedGradient, IsTheFullCorrelationWithTheTurnedKernel, ()) {
  const Backward b = arbitrary_backward();
  Conv2dOptions full;
  full.dilation = b.c.options.dilation;
  full.groups = b.c.options.groups;
  const Tensor spread = stride_spread(b.grad, b.c.weight, b.c.input, b.c.options);
  RC_ASSERT(conv2d(spread, rotated_180(b.weight, full.groups), {}, full) ==
            conv2d_grad_padded_input(b.grad, b.weight, b.c.input, b.c.options));
}

RC_GTEST_PROP(PaddedGradient, EqualsCentralDifferencesOfThePaddedInput, ()) {
  const Backward b = arbitrary_backward();
  const Conv2dOptions& o = b.c.options;
  const Tensor gradient = conv2d_grad_padded_input(b.grad, b.weight, b.c.input, o);
  const Tensor padded = pad(quarters(b.c.input, 1), o.padding, o.padding_mode);
  RC_ASSERT(gradient.shape() == padded.shape());
  RC_ASSERT(padded_input_shape(b.c.input, o) == padded.shape());
  Conv2dOptions unpadded = o;
  unpadded.padding = {};
  unpadded.padding_mode = PaddingMode::kZeros;
  for (int i = 0; i < 6; ++i) {
    const Index at = pick(0, padded.numel() - 1);
    RC_ASSERT(double{gradient.data()[at]} == slope(padded, at, [&](const Tensor& x) {
                return dot(conv2d(x, b.weight, {}, unpadded), b.grad);
              }));
  }
}

RC_GTEST_PROP(PaddedGradient, FoldedBackIsTheGradientOfTheInput, ()) {
  const Backward b = arbitrary_backward();
  const Conv2dOptions& o = b.c.options;
  const Tensor ring = conv2d_grad_padded_input(b.grad, b.weight, b.c.input, o);
  Tensor folded(b.c.input);
  for (Index n = 0; n < ring.shape().n; ++n) {
    for (Index c = 0; c < ring.shape().c; ++c) {
      for (Index y = 0; y < ring.shape().h; ++y) {
        for (Index x = 0; x < ring.shape().w; ++x) {
          const Index to_y = padding_source(y - o.padding.top, b.c.input.h, o.padding_mode);
          const Index to_x = padding_source(x - o.padding.left, b.c.input.w, o.padding_mode);
          if (to_y >= 0 && to_x >= 0) folded.at(n, c, to_y, to_x) += ring.at(n, c, y, x);
        }
      }
    }
  }
  RC_ASSERT(folded == conv2d_grad_input(b.grad, b.weight, b.c.input, o));
}

TEST(PaddedGradient, OfATransposedConvolutionHasNoRing) {
  Conv2dOptions o;
  o.transposed = true;
  o.stride = {2, 2};
  o.padding = {1, 0, 0, 1};
  const Shape input{1, 2, 3, 4};
  const Tensor weight = quarters({2, 3, 2, 3}, 1);
  const Tensor grad = quarters(conv2d_output_shape(input, weight.shape(), o), 2);
  EXPECT_EQ(conv2d_grad_padded_input(grad, weight, input, o),
            conv2d_grad_input(grad, weight, input, o));
}

TEST(PaddedGradient, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  Tensor gradient;
  Conv2dWorkspace workspace;
  EXPECT_FALSE(conv2d_grad_padded_input_into(Tensor(Shape{1, 1, 62, 62}), Tensor(Shape{1, 1, 3, 3}),
                                             {1, 1, 64, 64}, {}, gradient, workspace,
                                             stop.get_token()));
}

TEST(PaddedGradient, SpreadsByTheStrideInsideOfTheKernelsMargin) {
  Conv2dOptions o;
  o.stride = {2, 3};
  // Of 6 x 5 cells the last row is under no window.
  const Tensor grad = Tensor::from_rows({{1, 2}, {3, 4}});
  EXPECT_EQ(stride_spread(grad, {1, 1, 3, 2}, {1, 1, 6, 5}, o),
            Tensor::from_rows({{0, 0, 0, 0, 0, 0},
                               {0, 0, 0, 0, 0, 0},
                               {0, 1, 0, 0, 2, 0},
                               {0, 0, 0, 0, 0, 0},
                               {0, 3, 0, 0, 4, 0},
                               {0, 0, 0, 0, 0, 0},
                               {0, 0, 0, 0, 0, 0},
                               {0, 0, 0, 0, 0, 0}}));
}

TEST(PaddedGradient, RefusesWhatDoesNotFit) {
  Conv2dOptions o;
  o.padding = {3, 0, 0, 0};
  o.padding_mode = PaddingMode::kReflect;
  EXPECT_THROW(static_cast<void>(conv2d_grad_padded_input(
                   Tensor(Shape{1, 1, 4, 1}), Tensor(Shape{1, 1, 3, 3}), {1, 1, 3, 3}, o)),
               Error);
  EXPECT_THROW(static_cast<void>(conv2d_grad_padded_input(
                   Tensor(Shape{1, 1, 2, 1}), Tensor(Shape{1, 1, 3, 3}), {1, 1, 3, 3}, {})),
               Error);
  EXPECT_THROW(
      static_cast<void>(stride_spread(Tensor(Shape{1, 1, 2, 1}), {1, 1, 3, 3}, {1, 1, 3, 3}, {})),
      Error);
}

RC_GTEST_PROP(PaddedGradient, TurningTwiceChangesNothing, ()) {
  const ConvCase c = arbitrary_case();
  const Tensor weight = random_tensor(c.weight, 1);
  RC_ASSERT(rotated_180(rotated_180(weight, c.options.groups), c.options.groups) == weight);
}

}  // namespace
}  // namespace convscope::engine
