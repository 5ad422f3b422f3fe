// Linked cells against brute force, sums against the engine, formulas against their text.
#include "engine/explain.h"

// RapidCheck uses GoogleTest without including it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "engine/error.h"
#include "tests/engine/testing.h"

namespace convscope {
namespace {

using Cells = std::set<std::pair<Index, Index>>;

Cells cells_of(const CellGrid& grid) {
  Cells result;
  for (Index y = 0; y < grid.count.y; ++y) {
    for (Index x = 0; x < grid.count.x; ++x) {
      result.insert({grid.first.y + y * grid.step.y, grid.first.x + x * grid.step.x});
    }
  }
  return result;
}

RC_GTEST_PROP(ExplainProperty, LinksEqualBruteForceAndTermsSumToTheOutput, ()) {
  const auto pick = [](Index lo, Index hi) { return *rc::gen::inRange<Index>(lo, hi + 1); };
  Conv2dOptions o;
  o.stride = {pick(1, 3), pick(1, 3)};
  o.dilation = {pick(1, 3), pick(1, 3)};
  o.padding = {pick(0, 2), pick(0, 2), pick(0, 2), pick(0, 2)};
  o.padding_mode = static_cast<PaddingMode>(pick(0, 3));
  const Yx kernel{pick(1, 3), pick(1, 3)};
  const Tensor input = random_tensor({1, 1, pick(3, 7), pick(3, 7)}, 1);
  const Tensor weight = random_tensor({1, 1, kernel.y, kernel.x}, 2);
  Shape out;
  try {
    out = conv2d_output_shape(input.shape(), weight.shape(), o);
  } catch (const Error&) {
    RC_DISCARD("no output");
  }
  const float bias[] = {0.5f};
  const Tensor output = conv2d(input, weight, bias, o);
  const Yx at{pick(0, input.shape().h - 1), pick(0, input.shape().w - 1)};
  Cells reached;
  for (Index y = 0; y < out.h; ++y) {
    for (Index x = 0; x < out.w; ++x) {
      if (cells_of(receptive_field({y, x}, kernel, o)).contains({at.y, at.x})) {
        reached.insert({y, x});
      }
      const CellSum sum = explain_cell(input, 0, weight, bias[0], o, {y, x});
      RC_ASSERT(std::abs(sum.value - double{output.at(y, x)}) < 1e-5);
    }
  }
  RC_ASSERT(cells_of(reached_outputs(at, kernel, o, out)) == reached);
}

TEST(Explain, WeightTouchesOneInputCellForEachOutput) {
  Conv2dOptions o;
  o.stride = {2, 1};
  o.padding = {1, 0, 1, 0};
  const CellGrid grid = touched_inputs({1, 2}, o, {1, 1, 3, 4});
  EXPECT_EQ(grid, (CellGrid{{0, 2}, {2, 1}, {3, 4}}));
}

TEST(Explain, PooledCellLooksBackToTheInput) {
  EXPECT_EQ(pool_window({1, 0}, {}), (CellGrid{{2, 0}, {1, 1}, {2, 2}}));
  EXPECT_EQ(pooled_receptive_field({1, 0}, {}, {1, 1, 6, 7}, {1, 2}, {}),
            (CellGrid{{2, 0}, {1, 1}, {2, 3}}));
}

TEST(Explain, FormulaHasItsNumbersPutIn) {
  EXPECT_EQ(size_formula(3, 1, 1, 2, 2, 1), "⌊(3 + 2·1 − 2)/2⌋ + 1 = 2");
  EXPECT_EQ(size_formula(8, 0, 0, 2, 1, 1), "⌊(8 + 2·0 − 2)/1⌋ + 1 = 7");
  EXPECT_EQ(size_formula(8, 1, 2, 3, 1, 2), "⌊(8 + 1 + 2 − 2·(3 − 1) − 1)/1⌋ + 1 = 7");
  EXPECT_EQ(size_formula(1, 0, 0, 4, 1, 1), "⌊(1 + 2·0 − 4)/1⌋ + 1 = −2");
}

TEST(Explain, CountsWhatNoWindowCovers) {
  Conv2dOptions o;
  o.stride = {2, 3};
  EXPECT_EQ(uncovered({1, 1, 6, 8}, {3, 3}, o), (Yx{1, 2}));
}

}  // namespace
}  // namespace convscope
