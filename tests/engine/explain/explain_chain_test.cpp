// Receptive fields across chains against brute force: which input cells change an output cell.
#include "engine/explain/explain_chain.h"

// RapidCheck uses GoogleTest without including it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

struct Chain {
  std::vector<ChainStep> steps;
  std::vector<Tensor> weights;       // empty for a pooling
  std::vector<Pool2dOptions> pools;  // of the poolings
};

// The pooling as an average, on which every cell of the window has influence.
Tensor run(const Chain& chain, Tensor x) {
  for (std::size_t i = 0; i < chain.steps.size(); ++i) {
    x = chain.weights[i].empty() ? pool2d(x, chain.pools[i]).output
                                 : conv2d(x, chain.weights[i], {}, chain.steps[i].options);
  }
  return x;
}

Pool2dOptions arbitrary_pool() {
  Pool2dOptions o;
  o.kind = PoolKind::kAverage;
  o.kernel = {pick(1, 3), pick(1, 3)};
  o.stride = {pick(1, 3), pick(1, 3)};
  pick_padding(o);
  o.ceil_mode = pick(0, 1) == 1;
  return o;
}

void add_step(Chain& chain, const Shape& input) {
  if (pick(0, 2) == 0) {
    const Pool2dOptions pool = arbitrary_pool();
    chain.steps.push_back(pool_step(pool, input));
    chain.weights.emplace_back();
    chain.pools.push_back(pool);
    return;
  }
  const Shape kernel{1, 1, pick(1, 3), pick(1, 3)};
  const Conv2dOptions options = arbitrary_options();
  chain.steps.push_back(conv_step(kernel, options, input));
  chain.weights.push_back(random_tensor(kernel, 7, 0.5f, 1.5f));
  chain.pools.emplace_back();
}

Chain arbitrary_chain() {
  Chain chain;
  Shape shape{1, 1, pick(4, 9), pick(4, 9)};
  const Index count = pick(1, 4);
  try {
    for (Index i = 0; i < count; ++i) {
      add_step(chain, shape);
      shape = chain.steps.back().output;
      if (shape.h > 40 || shape.w > 40) break;
    }
  } catch (const Error&) {
    RC_DISCARD("a step does not fit its input");
  }
  return chain;
}

RC_GTEST_PROP(ExplainChainProperty, FieldIsWhatChangesTheOutput, ()) {
  const Chain chain = arbitrary_chain();
  const Shape in = chain.steps.front().input;
  const Shape out = chain.steps.back().output;
  const Yx cell{pick(0, out.h - 1), pick(0, out.w - 1)};
  std::set<std::pair<Index, Index>> expected, actual;
  for (Index y = 0; y < in.h; ++y) {
    for (Index x = 0; x < in.w; ++x) {
      Tensor impulse(in);
      impulse.at(y, x) = 1.0f;
      if (run(chain, std::move(impulse)).at(cell.y, cell.x) != 0.0f) expected.insert({y, x});
    }
  }
  const CellCross field = chained_receptive_field(chain.steps, cell);
  for (const Index y : field.rows) {
    for (const Index x : field.columns)
      actual.insert({y, x});
  }
  RC_ASSERT(actual == expected);
}

RC_GTEST_PROP(ExplainChainProperty, ReachIsWhatTheInputCellChanges, ()) {
  const Chain chain = arbitrary_chain();
  const Shape in = chain.steps.front().input;
  const Yx cell{pick(0, in.h - 1), pick(0, in.w - 1)};
  Tensor impulse(in);
  impulse.at(cell.y, cell.x) = 1.0f;
  const Tensor output = run(chain, std::move(impulse));
  std::set<std::pair<Index, Index>> expected, actual;
  for (Index y = 0; y < output.shape().h; ++y) {
    for (Index x = 0; x < output.shape().w; ++x)
      if (output.at(y, x) != 0.0f) expected.insert({y, x});
  }
  const CellCross reach = chained_reach(chain.steps, cell);
  for (const Index y : reach.rows) {
    for (const Index x : reach.columns)
      actual.insert({y, x});
  }
  RC_ASSERT(actual == expected);
}

TEST(ExplainChain, AnInputCellReachesTheFieldsThatContainIt) {
  // 3 x 3 and 2 x 2 pooled: cell (4, 0) is in rows 2 to 4 of the map, which are pooled rows 1
  // and 2.
  std::vector<ChainStep> steps = {conv_step({1, 1, 3, 3}, {}, {1, 1, 10, 10})};
  steps.push_back(pool_step({}, steps.back().output));
  EXPECT_EQ(chained_reach(steps, {4, 0}).bounds(), (CellGrid{{1, 0}, {1, 1}, {2, 1}}));
  EXPECT_EQ(chained_reach({}, {4, 0}).bounds(), (CellGrid{{4, 0}, {1, 1}, {1, 1}}));
}

TEST(ExplainChain, ConvPoolConvSeesTenCells) {
  // 5 x 5, pooled 2 x 2, 3 x 3: size 5 + 1 + 2·2 = 10, jump 2.
  std::vector<ChainStep> steps = {conv_step({1, 1, 5, 5}, {}, {1, 1, 28, 28})};
  steps.push_back(pool_step({}, steps.back().output));
  steps.push_back(conv_step({1, 1, 3, 3}, {}, steps.back().output));
  EXPECT_EQ(steps.back().output, (Shape{1, 1, 10, 10}));
  EXPECT_EQ(chain_fields(steps), (ChainFields{{0, 2, 10}, {0, 2, 10}}));
  EXPECT_EQ(chained_receptive_field(steps, {3, 4}).bounds(), (CellGrid{{6, 8}, {1, 1}, {10, 10}}));
}

TEST(ExplainChain, PaddingMovesTheStartOutOfTheInput) {
  Conv2dOptions same;
  same.padding = {1, 1, 1, 1};
  const std::vector<ChainStep> steps = {conv_step({1, 1, 3, 3}, same, {1, 1, 6, 6}),
                                        conv_step({1, 1, 3, 3}, same, {1, 1, 6, 6})};
  EXPECT_EQ(chain_fields(steps)->y, (ChainField{-2, 1, 5}));
  EXPECT_EQ(chained_receptive_field(steps, {0, 3}).bounds(), (CellGrid{{0, 1}, {1, 1}, {3, 5}}));
}

TEST(ExplainChain, ATransposedConvolutionHasNoCommonField) {
  Conv2dOptions up;
  up.transposed = true;
  up.stride = {2, 2};
  EXPECT_EQ(chain_fields(std::vector{conv_step({1, 1, 2, 2}, up, {1, 1, 3, 3})}), std::nullopt);
}

}  // namespace
}  // namespace convscope::engine
