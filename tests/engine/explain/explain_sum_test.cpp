// The terms of a sum, and the cells of a pooled value, against the engine.
#include "engine/explain/explain_sum.h"

// RapidCheck uses GoogleTest without including it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

RC_GTEST_PROP(ExplainProperty, TermsSumToTheOutput, ()) {
  const ConvCase c = arbitrary_case();
  const Tensor input = random_tensor(c.input, 1);
  const Tensor weight = random_tensor(c.weight, 2);
  const Shape out = conv2d_output_shape(c.input, c.weight, c.options);
  const std::vector<float> bias(static_cast<std::size_t>(out.c), 0.5f);
  const Tensor output = conv2d(input, weight, bias, c.options);
  const Index n = pick(0, out.n - 1);
  const Index channel = pick(0, out.c - 1);
  const Yx cell{pick(0, out.h - 1), pick(0, out.w - 1)};
  const CellSum sum = explain_output(input, weight, bias, c.options, n, channel, cell);
  double value = double{sum.bias};
  for (const Term& term : sum.terms)
    value += term.product();
  RC_ASSERT(value == sum.value);
  RC_ASSERT(std::abs(sum.value - double{output.at(n, channel, cell.y, cell.x)}) < 1e-5);
}

RC_GTEST_PROP(ExplainProperty, OneKernelForEveryChannelIsThatOfItsGroup, ()) {
  ConvCase c = arbitrary_plane_case();
  const Tensor input = random_tensor({1, 3, c.input.h, c.input.w}, 1);
  const Tensor weight = random_tensor(c.weight, 2);
  Tensor grouped(Shape{3, 1, c.weight.h, c.weight.w});
  for (Index i = 0; i < 3; ++i)
    std::ranges::copy(weight.values(), grouped.plane(i, 0).begin());
  c.options.groups = 3;
  const std::vector<float> bias(3, 0.25f);
  const Tensor output = conv2d(input, grouped, bias, c.options);
  const Index channel = pick(0, 2);
  const Yx cell{pick(0, output.shape().h - 1), pick(0, output.shape().w - 1)};
  const CellSum sum = explain_cell(input, channel, weight, 0.25f, c.options, cell);
  RC_ASSERT(std::abs(sum.value - double{output.at(0, channel, cell.y, cell.x)}) < 1e-5);
}

RC_GTEST_PROP(ExplainProperty, PooledCellsMakeThePooledValue, ()) {
  const PoolCase c = arbitrary_pool_case();
  const Tensor input = random_tensor(c.input, 7);
  const Pool2dResult pooled = pool2d(input, c.options);
  const Shape& out = pooled.output.shape();
  const Yx cell{pick(0, out.h - 1), pick(0, out.w - 1)};
  const Index n = pick(0, out.n - 1);
  const Index channel = pick(0, out.c - 1);
  const PooledSum sum = explain_pooled(input, c.options, n, channel, cell);
  const float expected = pooled.output.at(n, channel, cell.y, cell.x);
  if (c.options.kind == PoolKind::kMax) {
    RC_ASSERT(sum.value == double{expected});
    const std::size_t at =
        static_cast<std::size_t>(((n * out.c + channel) * out.h + cell.y) * out.w + cell.x);
    if (sum.winner) {
      RC_ASSERT(sum.winner->y * c.input.w + sum.winner->x == pooled.indices[at]);
    } else {
      RC_ASSERT(expected == -std::numeric_limits<float>::infinity());
    }
  } else {
    RC_ASSERT(std::abs(sum.value - double{expected}) < 1e-5);
    RC_ASSERT(!sum.winner);
  }
  RC_ASSERT(static_cast<Index>(sum.cells.size()) + sum.padded ==
            c.options.kernel.y * c.options.kernel.x);
}

TEST(Explain, TheNotebooksPaddedCornerIsASumOfThreeZerosAndOneProduct) {
  Conv2dOptions options;
  options.padding = {1, 1, 1, 1};
  const Tensor input = Tensor::from_rows({{9, 1, 2}, {3, 4, 5}, {6, 7, 8}});
  const CellSum sum =
      explain_output(input, Tensor::from_rows({{0, 1}, {2, 3}}), {}, options, 0, 0, {0, 0});
  ASSERT_EQ(sum.terms.size(), 4u);
  EXPECT_TRUE(sum.terms[0].padded && sum.terms[1].padded && sum.terms[2].padded);
  EXPECT_FALSE(sum.terms[3].padded);
  EXPECT_EQ(sum.terms[3].product(), 27.0);
  EXPECT_EQ(sum.value, 27.0);
}

// Rows 0 to 2, and 3 with one of padding and one beyond it, which is not counted; columns alike.
TEST(Explain, AnAverageCountsThePaddingOfTheSideWhereItIs) {
  Pool2dOptions o{PoolKind::kAverage, {3, 1}, {3, 1}, {0, 0, 1, 0}, {1, 1}, true, true, 0};
  EXPECT_EQ(explain_pooled(Tensor::from_rows({{1}, {2}, {3}, {8}}), o, 0, 0, {1, 0}).divisor, 2.0);
  o = {PoolKind::kAverage, {1, 3}, {1, 3}, {0, 0, 0, 1}, {1, 1}, true, true, 0};
  EXPECT_EQ(explain_pooled(Tensor::from_rows({{1, 2, 3, 8}}), o, 0, 0, {0, 1}).divisor, 2.0);
}

}  // namespace
}  // namespace convscope::engine
