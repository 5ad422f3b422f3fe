// Linked cells against brute force.
#include "engine/ops/cell_links.h"

// RapidCheck uses GoogleTest without including it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

using Cells = std::set<std::pair<Index, Index>>;

Cells cells_of(const CellGrid& grid) {
  Cells result;
  for (Index y = 0; y < grid.count.y; ++y) {
    for (Index x = 0; x < grid.count.x; ++x)
      result.insert({grid.first.y + y * grid.step.y, grid.first.x + x * grid.step.x});
  }
  return result;
}

// How often output cell `out` changes, and by how much, when one cell of a plane is 1 and the
// rest 0: the engine itself tells who is linked to whom.
Tensor impulse_response(const ConvCase& c, Yx cell, const Tensor& weight) {
  Tensor impulse(c.input);
  impulse.at(cell.y, cell.x) = 1.0f;
  return conv2d(impulse, weight, {}, c.options);
}

RC_GTEST_PROP(ExplainProperty, LinksOfAnInputCellAreItsImpulseResponse, ()) {
  const ConvCase c = arbitrary_plane_case();
  const Tensor weight = random_tensor(c.weight, 2, 0.5f, 1.5f);
  const Yx cell{pick(0, c.input.h - 1), pick(0, c.input.w - 1)};
  const Tensor expected = impulse_response(c, cell, weight);
  Tensor actual(expected.shape());
  for (const Link& link : links_of_input(cell, c.kernel(), c.options, c.input, expected.shape())) {
    RC_ASSERT(link.source == cell);
    actual.at(link.output.y, link.output.x) += weight.at(link.weight.y, link.weight.x);
  }
  RC_ASSERT(difference(actual, expected) < 1e-6);
}

RC_GTEST_PROP(ExplainProperty, LinksAreTheSameFromAllThreeSides, ()) {
  const ConvCase c = arbitrary_plane_case();
  const Shape out = conv2d_output_shape(c.input, c.weight, c.options);
  using Key = std::array<Index, 6>;
  const auto key = [](const Link& l) {
    return Key{l.output.y, l.output.x, l.weight.y, l.weight.x, l.source.y, l.source.x};
  };
  std::multiset<Key> by_output, by_weight, by_input;
  for (Index y = 0; y < out.h; ++y)
    for (Index x = 0; x < out.w; ++x)
      for (const Link& l : links_of_output({y, x}, c.kernel(), c.options, c.input, out))
        by_output.insert(key(l));
  for (Index y = 0; y < c.weight.h; ++y)
    for (Index x = 0; x < c.weight.w; ++x)
      for (const Link& l : links_of_weight({y, x}, c.kernel(), c.options, c.input, out))
        by_weight.insert(key(l));
  RC_ASSERT(by_output == by_weight);
  for (Index y = 0; y < c.input.h; ++y)
    for (Index x = 0; x < c.input.w; ++x)
      for (const Link& l : links_of_input({y, x}, c.kernel(), c.options, c.input, out))
        by_input.insert(key(l));
  std::erase_if(by_output, [](const Key& k) { return k[4] < 0; });  // zeros come from no cell
  RC_ASSERT(by_output == by_input);
}

RC_GTEST_PROP(ExplainProperty, GridsAreTheLinksWithoutTheCopies, ()) {
  const ConvCase c = arbitrary_plane_case();
  const Shape out = conv2d_output_shape(c.input, c.weight, c.options);
  const Yx output{pick(0, out.h - 1), pick(0, out.w - 1)};
  Cells field;
  for (const Link& l : links_of_output(output, c.kernel(), c.options, c.input, out))
    field.insert({l.position.y, l.position.x});
  RC_ASSERT(cells_of(receptive_field(output, c.kernel(), c.options, c.input)) == field);

  const Yx input{pick(0, c.input.h - 1), pick(0, c.input.w - 1)};
  Cells reached;
  for (const Link& l : links_of_input(input, c.kernel(), c.options, c.input, out)) {
    if (!l.padded()) reached.insert({l.output.y, l.output.x});
  }
  RC_ASSERT(cells_of(reached_outputs(input, c.kernel(), c.options, out)) == reached);

  const Yx weight{pick(0, c.weight.h - 1), pick(0, c.weight.w - 1)};
  Cells touched;
  for (const Link& l : links_of_weight(weight, c.kernel(), c.options, c.input, out))
    touched.insert({l.position.y, l.position.x});
  RC_ASSERT(cells_of(touched_inputs(weight, c.options, c.input, out)) == touched);
}

// Rows and columns from the first to the last cell of a set.
Cells bounding_box(const Cells& cells) {
  Cells result;
  if (cells.empty()) return result;
  Index top = cells.begin()->first, bottom = top, left = cells.begin()->second, right = left;
  for (const auto& [y, x] : cells) {
    top = std::min(top, y);
    bottom = std::max(bottom, y);
    left = std::min(left, x);
    right = std::max(right, x);
  }
  for (Index y = top; y <= bottom; ++y)
    for (Index x = left; x <= right; ++x)
      result.insert({y, x});
  return result;
}

RC_GTEST_PROP(ExplainProperty, APooledCellSeesTheFieldsOfItsWindow, ()) {
  const ConvCase c = arbitrary_plane_case();
  const Shape out = conv2d_output_shape(c.input, c.weight, c.options);
  Pool2dOptions pool = arbitrary_pool_case().options;
  pool.kernel = {std::min(pool.kernel.y, out.h), std::min(pool.kernel.x, out.w)};
  pool.allow_large_padding = true;
  pool.dilation = {1, 1};
  const Shape pooled = pool2d_output_shape(out, pool);
  const Yx cell{pick(0, pooled.h - 1), pick(0, pooled.w - 1)};
  Cells seen;
  for (const auto& [y, x] : cells_of(pool_window(cell, pool))) {
    if (y < 0 || x < 0 || y >= out.h || x >= out.w) continue;
    const std::vector<CellGrid> backwards{pooled_cells_of({y, x}, pool, pooled)};
    RC_ASSERT(cells_of(backwards[0]).contains({cell.y, cell.x}));
    for (const Link& l : links_of_output({y, x}, c.kernel(), c.options, c.input, out))
      seen.insert({l.position.y, l.position.x});
  }
  const CellGrid field = pooled_receptive_field(cell, pool, c.input, out, c.kernel(), c.options);
  RC_ASSERT(cells_of(field) == bounding_box(seen));
}

TEST(Explain, ACopyInThePaddingTellsWhereItComesFrom) {
  Conv2dOptions options;
  options.padding = {0, 1, 0, 1};
  options.padding_mode = PaddingMode::kCircular;
  const std::vector<Link> links =
      links_of_output({0, 0}, {1, 2}, options, {1, 1, 1, 4}, {1, 1, 1, 5});
  ASSERT_EQ(links.size(), 2u);
  EXPECT_EQ(links[0].position, (Yx{0, -1}));
  EXPECT_EQ(links[0].source, (Yx{0, 3}));
  EXPECT_TRUE(links[0].padded());
  EXPECT_FALSE(links[1].padded());
}

TEST(Explain, WeightTouchesOneInputCellForEachOutput) {
  Conv2dOptions o;
  o.stride = {2, 1};
  o.padding = {1, 0, 1, 0};
  EXPECT_EQ(touched_inputs({1, 2}, o, {1, 1, 3, 4}), (CellGrid{{0, 2}, {2, 1}, {3, 4}}));
}

TEST(Explain, PooledCellLooksBackToTheInput) {
  EXPECT_EQ(pool_window({1, 0}, {}), (CellGrid{{2, 0}, {1, 1}, {2, 2}}));
  EXPECT_EQ(pooled_receptive_field({1, 0}, {}, {1, 1, 6, 8}, {1, 1, 6, 7}, {1, 2}, {}),
            (CellGrid{{2, 0}, {1, 1}, {2, 3}}));
}

TEST(Explain, PooledCellInThePaddingLooksAtWhatIsInside) {
  Pool2dOptions pool;
  pool.padding = {1, 1, 1, 1};
  // The window at (-1, -1) holds output cell (0, 0) only; of the last one (3, 3).
  EXPECT_EQ(pooled_receptive_field({0, 0}, pool, {1, 1, 6, 6}, {1, 1, 4, 4}, {3, 3}, {}),
            (CellGrid{{0, 0}, {1, 1}, {3, 3}}));
  EXPECT_EQ(pooled_receptive_field({2, 2}, pool, {1, 1, 6, 6}, {1, 1, 4, 4}, {3, 3}, {}),
            (CellGrid{{3, 3}, {1, 1}, {3, 3}}));
}

TEST(Explain, ChainOfConvPoolConvSeesEightCellsInStepsOfTwo) {
  ChainField field = chained({}, 3, 1, 1, 1);
  EXPECT_EQ(field, (ChainField{-1, 1, 3}));
  field = chained(field, 2, 2, 0, 1);
  EXPECT_EQ(field, (ChainField{-1, 2, 4}));
  field = chained(field, 3, 1, 1, 1);
  EXPECT_EQ(field, (ChainField{-3, 2, 8}));
}

}  // namespace
}  // namespace convscope::engine
