// Every gradient against central differences of its own forward function. The functions are linear
// or quadratic in multiples of 1/4, which floats add and multiply exactly: the differences are the
// derivatives to the last bit, and equality is asked for.
#include <functional>

#include "engine/ops/conv2d_reference.h"
#include "engine/ops/loss.h"
#include "engine/ops/pool2d_reference.h"
#include "engine/ops/relu.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/differences.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

// Some places of a tensor, the corners among them.
std::vector<Index> places(const Shape& shape) {
  std::vector<Index> result{0, shape.w - 1, shape.numel() - shape.w, shape.numel() - 1};
  for (int i = 0; i < 4; ++i)
    result.push_back(pick(0, shape.numel() - 1));
  return result;
}

void check_gradient(const Tensor& at, const Tensor& gradient,
                    const std::function<double(const Tensor&)>& f) {
  RC_ASSERT(gradient.shape() == at.shape());
  for (const Index i : places(at.shape())) {
    RC_LOG() << "at " << i << '\n';
    RC_ASSERT(double{gradient.data()[i]} == slope(at, i, f));
  }
}

RC_GTEST_PROP(ConvGradient, OfTheInputEqualsCentralDifferences, ()) {
  const ConvCase c = arbitrary_case();
  RC_LOG() << c.options << '\n';
  const Tensor input = quarters(c.input, 1);
  const Tensor weight = quarters(c.weight, 2);
  const Tensor grad = quarters(conv2d_output_shape(c.input, c.weight, c.options), 3);
  const auto loss = [&](const Tensor& x) { return dot(conv2d(x, weight, {}, c.options), grad); };
  check_gradient(input, conv2d_grad_input(grad, weight, c.input, c.options), loss);
  check_gradient(input, reference::conv2d_grad_input(grad, weight, c.input, c.options), loss);
}

RC_GTEST_PROP(ConvGradient, OfTheWeightEqualsCentralDifferences, ()) {
  const ConvCase c = arbitrary_case();
  RC_LOG() << c.options << '\n';
  const Tensor input = quarters(c.input, 1);
  const Tensor weight = quarters(c.weight, 2);
  const Tensor grad = quarters(conv2d_output_shape(c.input, c.weight, c.options), 3);
  const auto loss = [&](const Tensor& w) { return dot(conv2d(input, w, {}, c.options), grad); };
  check_gradient(weight, conv2d_grad_weight(input, grad, c.weight, c.options), loss);
  check_gradient(weight, reference::conv2d_grad_weight(input, grad, c.weight, c.options), loss);
}

RC_GTEST_PROP(ConvGradient, OfTheBiasEqualsCentralDifferences, ()) {
  const ConvCase c = arbitrary_case();
  const Tensor input = quarters(c.input, 1);
  const Tensor weight = quarters(c.weight, 2);
  const Shape out = conv2d_output_shape(c.input, c.weight, c.options);
  const Tensor grad = quarters(out, 3);
  const Tensor bias = quarters({1, 1, 1, out.c}, 4);
  const auto loss = [&](const Tensor& b) {
    return dot(conv2d(input, weight, b.values(), c.options), grad);
  };
  check_gradient(bias, Tensor(bias.shape(), conv2d_grad_bias(grad)), loss);
  check_gradient(bias, Tensor(bias.shape(), reference::conv2d_grad_bias(grad)), loss);
}

// All different, two quarter steps apart at least: no difference changes which is the largest.
Tensor distinct_values(const Shape& shape) {
  const Tensor order = random_tensor(shape, 5);
  std::vector<Index> sorted(static_cast<std::size_t>(shape.numel()));
  for (std::size_t i = 0; i < sorted.size(); ++i)
    sorted[i] = static_cast<Index>(i);
  std::ranges::sort(sorted, {}, [&](Index i) { return order.data()[i]; });
  Tensor result(shape);
  for (std::size_t rank = 0; rank < sorted.size(); ++rank)
    result.data()[sorted[rank]] = static_cast<float>(rank);
  return result;
}

RC_GTEST_PROP(PoolGradient, OfMaxEqualsCentralDifferences, ()) {
  PoolCase c = arbitrary_pool_case();
  c.options.kind = PoolKind::kMax;
  c.options.dilation = {1, 1};  // so that no window misses the input between two of its places
  const Tensor input = distinct_values(c.input);
  const Pool2dResult result = pool2d(input, c.options);
  const Tensor grad = quarters(result.output.shape(), 3);
  // A window that sees padding alone has -inf whatever the input.
  const auto loss = [&](const Tensor& x) {
    Tensor output = pool2d(x, c.options).output;
    std::ranges::replace_if(
        output.values(), [](float v) { return std::isinf(v); }, 0.0f);
    return dot(output, grad);
  };
  check_gradient(input, max_pool2d_grad(grad, result.indices, c.input), loss);
  check_gradient(input, reference::max_pool2d_grad(grad, result.indices, c.input), loss);
}

// A divisor of 3 rounds: equal to a relative 1e-5 instead.
RC_GTEST_PROP(PoolGradient, OfAverageMeetsCentralDifferences, ()) {
  PoolCase c = arbitrary_pool_case();
  c.options.kind = PoolKind::kAverage;
  c.options.dilation = {1, 1};
  const Tensor input = quarters(c.input, 1);
  const Tensor grad = quarters(pool2d_output_shape(c.input, c.options), 3);
  const auto loss = [&](const Tensor& x) { return dot(pool2d(x, c.options).output, grad); };
  const Tensor gradient = avg_pool2d_grad(grad, c.input, c.options);
  const double scale = std::max(largest(grad), 1.0);
  for (const Index i : places(c.input))
    RC_ASSERT(std::abs(double{gradient.data()[i]} - slope(input, i, loss)) < 1e-4 * scale);
}

TEST(LossGradient, OfTheSumEqualsCentralDifferences) {
  const Tensor target = quarters({1, 2, 3, 4}, 1);
  const Tensor prediction = quarters({1, 2, 3, 4}, 2);
  Tensor grad;
  squared_error_grad(prediction, target, Reduction::kSum, grad);
  for (Index i = 0; i < grad.numel(); ++i) {
    EXPECT_EQ(double{grad.data()[i]}, slope(prediction, i, [&](const Tensor& p) {
                return squared_error(p, target, Reduction::kSum);
              }));
  }
}

TEST(LossGradient, OfTheMeanEqualsCentralDifferences) {
  const Tensor target = quarters({1, 2, 4, 4}, 1);  // 32 values: the mean does not round
  const Tensor prediction = quarters({1, 2, 4, 4}, 2);
  Tensor grad;
  squared_error_grad(prediction, target, Reduction::kMean, grad);
  for (Index i = 0; i < grad.numel(); ++i) {
    EXPECT_EQ(double{grad.data()[i]}, slope(prediction, i, [&](const Tensor& p) {
                return squared_error(p, target, Reduction::kMean);
              }));
  }
}

TEST(ReluGradient, EqualsCentralDifferencesAwayFromZero) {
  Tensor input = quarters({1, 2, 3, 4}, 1);
  for (float& value : input.values())
    value += value >= 0.0f ? 1.0f : -1.0f;
  const Tensor grad = quarters(input.shape(), 2);
  const Tensor gradient = relu_grad(grad, input);
  for (Index i = 0; i < input.numel(); ++i) {
    EXPECT_EQ(double{gradient.data()[i]},
              slope(input, i, [&](const Tensor& x) { return dot(relu(x), grad); }));
  }
}

}  // namespace
}  // namespace convscope::engine
