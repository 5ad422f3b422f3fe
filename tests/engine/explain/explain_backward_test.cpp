// The terms of gradients that go backward, against the gradients of the engine and central
// differences.
#include "engine/explain/explain_backward.h"

#include <set>

#include "engine/core/error.h"
#include "engine/explain/explain_grad_weight.h"
#include "engine/ops/padded_gradient.h"
#include "engine/ops/relu.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/differences.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

constexpr std::size_t kAll = 100'000;

struct Backward {
  ConvCase c;
  Tensor input, weight, grad;
};

// Draws a case with values whose sums do not round.
Backward arbitrary_backward() {
  Backward b{arbitrary_case(), {}, {}, {}};
  RC_LOG() << b.c.options << '\n';
  b.input = quarters(b.c.input, 1);
  b.weight = quarters(b.c.weight, 2);
  b.grad = quarters(conv2d_output_shape(b.c.input, b.c.weight, b.c.options), 3);
  return b;
}

template <typename Term>
double sum_of(const std::vector<Term>& terms) {
  double sum = 0.0;
  for (const Term& term : terms)
    sum += term.product();
  return sum;
}

RC_GTEST_PROP(ExplainGradInput, TermsSumToTheCell, ()) {
  const Backward b = arbitrary_backward();
  const Index n = pick(0, b.c.input.n - 1), channel = pick(0, b.c.input.c - 1);
  const Yx cell{pick(0, b.c.input.h - 1), pick(0, b.c.input.w - 1)};
  const BackwardSum sum =
      explain_grad_input(b.grad, b.weight, b.c.input, b.c.options, n, channel, cell, kAll);
  const Tensor gradient = conv2d_grad_input(b.grad, b.weight, b.c.input, b.c.options);
  RC_ASSERT(sum.total == double{gradient.at(n, channel, cell.y, cell.x)});
  RC_ASSERT(std::ssize(sum.largest) == sum.nonzero);
  RC_ASSERT(sum_of(sum.largest) == sum.total);
  const Index at = ((n * b.c.input.c + channel) * b.c.input.h + cell.y) * b.c.input.w + cell.x;
  RC_ASSERT(sum.total == slope(b.input, at, [&](const Tensor& x) {
              return dot(conv2d(x, b.weight, {}, b.c.options), b.grad);
            }));
}

RC_GTEST_PROP(ExplainGradInput, EveryTermNamesItsGradientAndItsWeight, ()) {
  const Backward b = arbitrary_backward();
  const Index channel = pick(0, b.c.input.c - 1);
  const Yx cell{pick(0, b.c.input.h - 1), pick(0, b.c.input.w - 1)};
  // The input of 1 in this cell alone: what each output has of it is what the terms name.
  Tensor impulse(b.c.input);
  impulse.at(0, channel, cell.y, cell.x) = 1.0f;
  const Tensor expected = conv2d(impulse, b.weight, {}, b.c.options);
  Tensor actual(expected.shape());
  const Tensor ones(b.grad.shape(), 1.0f);
  const BackwardSum sum =
      explain_grad_input(ones, b.weight, b.c.input, b.c.options, 0, channel, cell, kAll);
  for (const BackwardTerm& term : sum.largest) {
    RC_ASSERT(term.w == b.weight.at(term.weight.n, term.weight.c, term.weight.y, term.weight.x));
    actual.at(0, term.channel, term.output.y, term.output.x) += term.w;
  }
  RC_ASSERT(actual == expected);
}

RC_GTEST_PROP(ExplainGradInput, OfThePaddingIsItsCellOfThePaddedGradient, ()) {
  const Backward b = arbitrary_backward();
  RC_PRE(!b.c.options.transposed);
  const Padding& p = b.c.options.padding;
  const Tensor ring = conv2d_grad_padded_input(b.grad, b.weight, b.c.input, b.c.options);
  const Yx at{pick(0, ring.shape().h - 1), pick(0, ring.shape().w - 1)};
  const Yx cell{at.y - p.top, at.x - p.left};
  Conv2dOptions options = b.c.options;
  const bool inside = cell.y >= 0 && cell.x >= 0 && cell.y < b.c.input.h && cell.x < b.c.input.w;
  if (inside) options.padding_mode = PaddingMode::kZeros;
  const BackwardSum sum =
      explain_grad_input(b.grad, b.weight, b.c.input, options, 0, 0, cell, kAll);
  RC_ASSERT(sum.total == double{ring.at(0, 0, at.y, at.x)});
  RC_ASSERT(sum_of(sum.largest) == sum.total);
}

TEST(ExplainGradInput, CountsEachCopyInTheRingAndKeepsTheLargest) {
  Conv2dOptions o;
  o.padding = {0, 1, 0, 1};
  o.padding_mode = PaddingMode::kReplicate;
  // Cell 0 stands at -1 too: output 0 meets it by both 3 and 4, output 1 by 3.
  const BackwardSum sum =
      explain_grad_input(Tensor::from_rows({{1, 10, 100, 1000}}), Tensor::from_rows({{3, 4}}),
                         {1, 1, 1, 3}, o, 0, 0, {0, 0}, 2);
  EXPECT_EQ(sum.count, 3);
  EXPECT_EQ(sum.nonzero, 3);
  EXPECT_EQ(sum.total, 37.0);
  ASSERT_EQ(sum.largest.size(), 2u);
  EXPECT_EQ(sum.largest[0], (BackwardTerm{0, {0, 1}, {0, 0, 0, 0}, 10.0f, 3.0f}));
  EXPECT_EQ(sum.largest[1], (BackwardTerm{0, {0, 0}, {0, 0, 0, 1}, 1.0f, 4.0f}));
}

TEST(ExplainGradInput, RefusesAGradientOfAnotherShape) {
  EXPECT_THROW(
      static_cast<void>(explain_grad_input(Tensor(Shape{1, 1, 2, 2}), Tensor(Shape{1, 1, 2, 2}),
                                           {1, 1, 2, 2}, {}, 0, 0, {0, 0})),
      Error);
}

RC_GTEST_PROP(ExplainGradWeight, TermsSumToTheWeightsGradient, ()) {
  const Backward b = arbitrary_backward();
  const Shape& k = b.c.weight;
  const WeightPlace at{pick(0, k.n - 1), pick(0, k.c - 1), pick(0, k.h - 1), pick(0, k.w - 1)};
  const GradientSum sum = explain_grad_weight(b.input, b.grad, k, b.c.options, at, kAll);
  const Tensor gradient = conv2d_grad_weight(b.input, b.grad, k, b.c.options);
  RC_ASSERT(sum.value() == double{gradient.at(at.n, at.c, at.y, at.x)});
  RC_ASSERT(sum_of(sum.largest) == sum.value());
  const Index place = ((at.n * k.c + at.c) * k.h + at.y) * k.w + at.x;
  RC_ASSERT(sum.value() == slope(b.weight, place, [&](const Tensor& w) {
              return dot(conv2d(b.input, w, {}, b.c.options), b.grad);
            }));
  const Index channel = pick(0, b.grad.shape().c - 1);
  RC_ASSERT(explain_grad_bias(b.grad, channel, channel + 1).value() ==
            double{conv2d_grad_bias(b.grad)[static_cast<std::size_t>(channel)]});
}

// The winner map of one plane: how many pooled cells name each cell.
Tensor winner_map(const Pool2dResult& pooled, const Shape& input) {
  Tensor result(Shape{1, 1, input.h, input.w});
  const Index cells = pooled.output.shape().h * pooled.output.shape().w;
  for (Index i = 0; i < cells; ++i) {
    const Index index = pooled.indices[static_cast<std::size_t>(i)];
    if (index >= 0 && index < input.h * input.w) result.data()[index] += 1.0f;
  }
  return result;
}

// Few values, so that many windows have several largest cells.
Tensor values_with_ties(const Shape& shape) {
  Tensor result = random_tensor(shape, 7, 0.0f, 3.0f);
  for (float& value : result.values())
    value = std::floor(value);
  return result;
}

RC_GTEST_PROP(ExplainPoolGrad, TermsSumToTheCell, ()) {
  const PoolCase c = arbitrary_pool_case();
  const Tensor input = values_with_ties(c.input);
  const Pool2dResult pooled = pool2d(input, c.options);
  const Tensor grad = quarters(pooled.output.shape(), 3);
  const bool max = c.options.kind == PoolKind::kMax;
  const Tensor gradient = max ? max_pool2d_grad(grad, pooled.indices, c.input, c.options)
                              : avg_pool2d_grad(grad, c.input, c.options);
  const Tensor winners = max ? winner_map(pooled, c.input) : Tensor(Shape{1, 1, 1, 1});
  for (Index y = 0; y < c.input.h; ++y) {
    for (Index x = 0; x < c.input.w; ++x) {
      const PoolBackwardSum sum =
          explain_pool_grad(grad, pooled.indices, input, c.options, 0, 0, {y, x}, kAll);
      const double expected{gradient.at(0, 0, y, x)};
      RC_ASSERT(std::abs(sum.total - expected) < 1e-6 * (1.0 + std::abs(expected)));
      RC_ASSERT(std::abs(sum_of(sum.largest) - sum.total) < 1e-12);  // thirds are rounded
      if (max) {
        RC_ASSERT(static_cast<float>(sum.count) == winners.at(y, x));
      } else {
        RC_ASSERT(sum.count == sum.windows);
      }
    }
  }
}

TEST(ExplainPoolGrad, TheFirstOfEqualCellsHasWon) {
  const Tensor input = Tensor::from_rows({{1, 5, 5, 2}});
  Pool2dOptions o;
  o.kernel = {1, 2};
  o.stride = {1, 1};
  const Pool2dResult pooled = pool2d(input, o);
  const Tensor grad = Tensor::from_rows({{0.5f, 0.25f, 2}});
  const PoolBackwardSum first = explain_pool_grad(grad, pooled.indices, input, o, 0, 0, {0, 1});
  EXPECT_EQ(first.total, 0.75);
  EXPECT_EQ(first.largest, (std::vector<PoolBackwardTerm>{{{0, 0}, 0.5f}, {{0, 1}, 0.25f}}));
  const PoolBackwardSum second = explain_pool_grad(grad, pooled.indices, input, o, 0, 0, {0, 2});
  EXPECT_EQ(second.total, 2.0);
  EXPECT_EQ(second.windows, 2);
  EXPECT_EQ(second.count, 1);
  EXPECT_EQ(second.tied, 1);
  const PoolBackwardSum never = explain_pool_grad(grad, pooled.indices, input, o, 0, 0, {0, 3});
  EXPECT_EQ(never.count, 0);
  EXPECT_EQ(never.tied, 0);
  EXPECT_EQ(never.windows, 1);
}

TEST(ExplainPoolGrad, RefusesIndicesThatAreTooFew) {
  const std::vector<Index> one{0};
  EXPECT_THROW(static_cast<void>(explain_pool_grad(Tensor(Shape{1, 1, 2, 2}), one,
                                                   Tensor(Shape{1, 1, 4, 4}), {}, 0, 0, {0, 0})),
               Error);
}

TEST(ExplainReluGrad, IsTheCellOfTheGradient) {
  const Tensor input = Tensor::from_rows({{-0.4f, 0, 2, std::nanf("")}});
  const Tensor grad = Tensor::from_rows({{1, 2, 3, 4}});
  const Tensor gradient = relu_grad(grad, input);
  for (Index x = 0; x < 4; ++x) {
    const ReluBackward relu = explain_relu_grad(grad, input, 0, 0, {0, x});
    EXPECT_EQ(relu.result(), gradient.at(0, x));
    EXPECT_EQ(relu.passes, x >= 2);
    EXPECT_EQ(relu.gradient, grad.at(0, x));
  }
  EXPECT_THROW(static_cast<void>(explain_relu_grad(grad, Tensor(Shape{1, 1, 1, 3}), 0, 0, {0, 0})),
               Error);
}

}  // namespace
}  // namespace convscope::engine
