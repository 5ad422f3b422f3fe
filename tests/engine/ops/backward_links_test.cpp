// Which cells a gradient comes from and goes to, against the gradients themselves.
#include "engine/ops/backward_links.h"

#include "engine/ops/padded_gradient.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

// Returns the cells of the first plane that are not 0, row by row.
std::vector<Yx> nonzero_cells(const Tensor& tensor) {
  std::vector<Yx> result;
  for (Index y = 0; y < tensor.shape().h; ++y) {
    for (Index x = 0; x < tensor.shape().w; ++x) {
      if (tensor.at(y, x) != 0.0f) result.push_back({y, x});
    }
  }
  return result;
}

Tensor impulse(const Shape& shape, Yx cell) {
  Tensor result(shape);
  result.at(cell.y, cell.x) = 1.0f;
  return result;
}

Yx any_cell(const Shape& shape) {
  return {pick(0, shape.h - 1), pick(0, shape.w - 1)};
}

RC_GTEST_PROP(BackwardLinks, AnInputGetsFromTheOutputsThatSumIt, ()) {
  const ConvCase c = arbitrary_plane_case();
  RC_LOG() << c.options << '\n';
  const Yx cell = any_cell(c.input);
  const Tensor output = conv2d(impulse(c.input, cell), Tensor(c.weight, 1.0f), {}, c.options);
  RC_ASSERT(gradient_sources(cell, c.kernel(), c.options, c.input, output.shape()) ==
            nonzero_cells(output));
}

RC_GTEST_PROP(BackwardLinks, ACellOfTheRingGetsItsOwnAlone, ()) {
  const ConvCase c = arbitrary_plane_case();
  RC_PRE(!c.options.transposed);
  RC_LOG() << c.options << '\n';
  const Padding& p = c.options.padding;
  const Shape ring{1, 1, c.input.h + p.top + p.bottom, c.input.w + p.left + p.right};
  const Yx at = any_cell(ring);
  Conv2dOptions options = c.options;
  options.padding = {};
  options.padding_mode = PaddingMode::kZeros;
  const Tensor output = conv2d(impulse(ring, at), Tensor(c.weight, 1.0f), {}, options);
  const Yx cell{at.y - p.top, at.x - p.left};
  options = c.options;
  // A cell inside has copies too.
  if (cell.y >= 0 && cell.x >= 0 && cell.y < c.input.h && cell.x < c.input.w)
    options.padding_mode = PaddingMode::kZeros;
  RC_ASSERT(gradient_sources(cell, c.kernel(), options, c.input, output.shape()) ==
            nonzero_cells(output));
}

RC_GTEST_PROP(BackwardLinks, AnOutputHandsToTheInputsThatItSums, ()) {
  const ConvCase c = arbitrary_plane_case();
  RC_LOG() << c.options << '\n';
  const Shape out = conv2d_output_shape(c.input, c.weight, c.options);
  const Yx output = any_cell(out);
  const Tensor grad = impulse(out, output);
  const Tensor weight(c.weight, 1.0f);
  const GradientTargets targets = gradient_targets(output, c.kernel(), c.options, c.input, out);
  RC_ASSERT(targets.sources == nonzero_cells(conv2d_grad_input(grad, weight, c.input, c.options)));
  std::vector<Yx> positions;
  const CellGrid& grid = targets.positions;
  const Padding p = c.options.transposed ? Padding{} : c.options.padding;
  for (Index y = 0; y < grid.count.y; ++y) {
    for (Index x = 0; x < grid.count.x; ++x)
      positions.push_back(
          {grid.first.y + y * grid.step.y + p.top, grid.first.x + x * grid.step.x + p.left});
  }
  RC_ASSERT(positions == nonzero_cells(conv2d_grad_padded_input(grad, weight, c.input, c.options)));
}

PoolCase one_plane_pool_case() {
  PoolCase c = arbitrary_pool_case();
  c.input.n = c.input.c = 1;
  return c;
}

Tensor pool_gradient(const Tensor& grad, const Pool2dResult& pooled, const PoolCase& c) {
  return c.options.kind == PoolKind::kMax
             ? max_pool2d_grad(grad, pooled.indices, c.input, c.options)
             : avg_pool2d_grad(grad, c.input, c.options);
}

RC_GTEST_PROP(BackwardLinks, APooledCellHandsToItsWinnerOrItsWindow, ()) {
  const PoolCase c = one_plane_pool_case();
  const Pool2dResult pooled = pool2d(random_tensor(c.input, 1), c.options);
  const Shape& out = pooled.output.shape();
  const Yx cell = any_cell(out);
  RC_ASSERT(pool_gradient_targets(cell, pooled.indices, c.options, c.input, out) ==
            nonzero_cells(pool_gradient(impulse(out, cell), pooled, c)));
}

RC_GTEST_PROP(BackwardLinks, ACellGetsFromThePooledCellsThatHandToIt, ()) {
  const PoolCase c = one_plane_pool_case();
  const Pool2dResult pooled = pool2d(random_tensor(c.input, 1), c.options);
  const Shape& out = pooled.output.shape();
  const Yx cell = any_cell(c.input);
  std::vector<Yx> expected;
  for (Index y = 0; y < out.h; ++y) {
    for (Index x = 0; x < out.w; ++x) {
      const Tensor gradient = pool_gradient(impulse(out, {y, x}), pooled, c);
      if (gradient.at(cell.y, cell.x) != 0.0f) expected.push_back({y, x});
    }
  }
  RC_ASSERT(pool_gradient_sources(cell, pooled.indices, c.options, c.input, out) == expected);
}

// The windows look at columns -1 and 1 of an input with one column. As in PyTorch, the index of the
// upper one, 0 * 1 + 1, is that of the cell below, and the lower one's is that of none.
TEST(BackwardLinks, AWindowThatMissesTheInputMayNameACellElsewhere) {
  Pool2dOptions o;
  o.kernel = {1, 2};
  o.stride = {1, 1};
  o.padding = {0, 1, 0, 1};
  o.dilation = {1, 2};
  const Tensor input = Tensor::from_rows({{4}, {5}});
  const Pool2dResult pooled = pool2d(input, o);
  ASSERT_EQ(pooled.indices, (std::vector<Index>{1, 2}));
  const Shape& out = pooled.output.shape();
  EXPECT_EQ(max_pool2d_grad(Tensor::from_rows({{3}, {6}}), pooled.indices, input.shape(), o),
            Tensor::from_rows({{0}, {3}}));
  EXPECT_EQ(pool_gradient_sources({1, 0}, pooled.indices, o, input.shape(), out),
            (std::vector<Yx>{{0, 0}}));
  EXPECT_TRUE(pool_gradient_sources({0, 0}, pooled.indices, o, input.shape(), out).empty());
  EXPECT_EQ(pool_gradient_targets({0, 0}, pooled.indices, o, input.shape(), out),
            (std::vector<Yx>{{1, 0}}));
  EXPECT_TRUE(pool_gradient_targets({1, 0}, pooled.indices, o, input.shape(), out).empty());
}

}  // namespace
}  // namespace convscope::engine
