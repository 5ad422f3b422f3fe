// Every gradient against central differences of its own forward function.
#include <functional>

#include "engine/loss.h"
#include "tests/engine/testing.h"

namespace convscope {
namespace {

// d f / d at, by central differences.
Tensor numeric_gradient(Tensor at, const std::function<double(const Tensor&)>& f) {
  constexpr float kStep = 1.0f / 64;
  Tensor gradient(at.shape());
  for (Index i = 0; i < at.numel(); ++i) {
    const float value = at.data()[i];
    at.data()[i] = value + kStep;
    const double above = f(at);
    at.data()[i] = value - kStep;
    const double below = f(at);
    at.data()[i] = value;
    gradient.data()[i] = static_cast<float>((above - below) / (2.0 * double{kStep}));
  }
  return gradient;
}

class ConvGradient : public testing::TestWithParam<Conv2dOptions> {};

TEST_P(ConvGradient, MeetsCentralDifferences) {
  const Conv2dOptions& options = GetParam();
  const Tensor input = random_tensor({2, 4, 5, 6}, 1);
  const Shape weight_shape =
      options.transposed ? Shape{4, 4 / options.groups, 3, 2} : Shape{4, 4 / options.groups, 3, 2};
  const Tensor weight = random_tensor(weight_shape, 2);
  const Tensor grad = random_tensor(conv2d_output_shape(input.shape(), weight.shape(), options), 3);

  EXPECT_LT(difference(conv2d_grad_input(grad, weight, input.shape(), options),
                       numeric_gradient(input,
                                        [&](const Tensor& x) {
                                          return dot(conv2d(x, weight, {}, options), grad);
                                        })),
            1e-3);
  EXPECT_LT(difference(conv2d_grad_weight(input, grad, weight.shape(), options),
                       numeric_gradient(weight,
                                        [&](const Tensor& w) {
                                          return dot(conv2d(input, w, {}, options), grad);
                                        })),
            1e-3);
  const Tensor bias = random_tensor({1, 1, 1, 4}, 4);
  const std::vector<float> grad_bias = conv2d_grad_bias(grad);
  EXPECT_LT(difference(Tensor(bias.shape(), grad_bias),
                       numeric_gradient(bias,
                                        [&](const Tensor& b) {
                                          return dot(conv2d(input, weight, b.values(), options),
                                                     grad);
                                        })),
            1e-3);
}

INSTANTIATE_TEST_SUITE_P(
    Options, ConvGradient,
    testing::Values(
        Conv2dOptions{},
        Conv2dOptions{{2, 3}, {1, 2, 0, 1}, PaddingMode::kZeros, {1, 2}, 1, false, {}},
        Conv2dOptions{{1, 1}, {1, 1, 1, 1}, PaddingMode::kZeros, {1, 1}, 4, false, {}},
        Conv2dOptions{{1, 1}, {2, 1, 2, 1}, PaddingMode::kReflect, {1, 1}, 2, false, {}},
        Conv2dOptions{{2, 1}, {2, 1, 2, 1}, PaddingMode::kReplicate, {2, 1}, 1, false, {}},
        Conv2dOptions{{1, 2}, {2, 1, 2, 1}, PaddingMode::kCircular, {1, 1}, 1, false, {}},
        Conv2dOptions{{2, 2}, {1, 1, 1, 1}, PaddingMode::kZeros, {1, 1}, 2, true, {1, 0}}));

TEST(PoolGradient, OfMaxMeetsCentralDifferences) {
  Pool2dOptions options;
  options.kernel = {3, 2};
  options.stride = {2, 1};
  options.padding = {1, 1};
  // Values far apart: no difference step changes which one is the largest.
  Tensor input(Shape{2, 2, 5, 6});
  for (Index i = 0; i < input.numel(); ++i) {
    input.data()[i] = static_cast<float>((i * 37) % input.numel());
  }
  const Pool2dResult result = pool2d(input, options);
  const Tensor grad = random_tensor(result.output.shape(), 3);
  EXPECT_LT(
      difference(max_pool2d_grad(grad, result.indices, input.shape()),
                 numeric_gradient(
                     input, [&](const Tensor& x) { return dot(pool2d(x, options).output, grad); })),
      1e-3);
}

TEST(PoolGradient, OfAverageMeetsCentralDifferences) {
  for (const bool include_pad : {true, false}) {
    Pool2dOptions options{PoolKind::kAverage, {3, 2}, {2, 1}, {1, 1}, {1, 1}, true, include_pad, 0};
    const Tensor input = random_tensor({2, 2, 5, 6}, 5);
    const Tensor grad = random_tensor(pool2d_output_shape(input.shape(), options), 3);
    EXPECT_LT(difference(avg_pool2d_grad(grad, input.shape(), options),
                         numeric_gradient(input,
                                          [&](const Tensor& x) {
                                            return dot(pool2d(x, options).output, grad);
                                          })),
              1e-3);
  }
}

TEST(LossGradient, MeetsCentralDifferences) {
  const Tensor target = random_tensor({1, 2, 3, 4}, 1);
  const Tensor prediction = random_tensor({1, 2, 3, 4}, 2);
  for (const Reduction reduction : {Reduction::kSum, Reduction::kMean}) {
    Tensor grad;
    squared_error_grad(prediction, target, reduction, grad);
    EXPECT_LT(difference(grad, numeric_gradient(prediction,
                                                [&](const Tensor& p) {
                                                  return squared_error(p, target, reduction);
                                                })),
              1e-4);
  }
}

}  // namespace
}  // namespace convscope
