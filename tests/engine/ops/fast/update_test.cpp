// A change of some input cells, brought into the result, against a full evaluation.
#include "engine/ops/region_update.h"

#include "engine/ops/conv2d_plan.h"
#include "engine/ops/conv2d_reference.h"
#include "engine/ops/pool2d_reference.h"
#include "tests/engine/ops/fast/cases.h"

namespace convscope::engine {
namespace {

// Part of a plane, now and then the whole of it or more.
CellRect draw_rect(const Shape& s) {
  if (draw(0, 9) == 0) return {-3, 0, s.h + 2, s.w};
  const Index top = draw(0, s.h - 1);
  const Index left = draw(0, s.w - 1);
  return {top, left, top + draw(0, std::min<Index>(6, s.h - top)),
          left + draw(0, std::min<Index>(6, s.w - left))};
}

Tensor changed_in(const Tensor& input, const CellRect& rect, std::uint64_t seed) {
  const Shape& s = input.shape();
  const Tensor other = random_tensor(s, seed);
  Tensor result = input;
  for (Index n = 0; n < s.n; ++n)
    for (Index c = 0; c < s.c; ++c)
      for (Index y = std::max<Index>(0, rect.top); y < std::min(rect.bottom, s.h); ++y)
        for (Index x = std::max<Index>(0, rect.left); x < std::min(rect.right, s.w); ++x)
          result.at(n, c, y, x) = other.at(n, c, y, x);
  return result;
}

bool contains(const CellRect& r, Index y, Index x) {
  return r.top <= y && y < r.bottom && r.left <= x && x < r.right;
}

// Every cell that differs lies in one of the rectangles, and each cell in at most one.
void expect_covers(const std::vector<CellRect>& rects, const Tensor& before, const Tensor& after) {
  const Shape& s = before.shape();
  for (Index n = 0; n < s.n; ++n)
    for (Index c = 0; c < s.c; ++c)
      for (Index y = 0; y < s.h; ++y)
        for (Index x = 0; x < s.w; ++x) {
          const auto in = [&](const CellRect& r) { return contains(r, y, x); };
          const auto count = std::count_if(rects.begin(), rects.end(), in);
          RC_ASSERT(count <= 1);
          RC_ASSERT(count == 1 || before.at(n, c, y, x) == after.at(n, c, y, x));
        }
}

// `certainly`: it is computed on a direct path.
void expect_update(const ConvCase& c, const CellRect& rect, bool certainly) {
  RC_LOG() << c << " rect " << rect.top << "," << rect.left << " " << rect.bottom << ","
           << rect.right << '\n';
  const Tensor before = random_tensor(c.input, c.seed);
  const Tensor after = changed_in(before, rect, c.seed + 7);
  const Tensor weight = random_kernel(c.weight, c.rank, c.seed + 1);
  const Shape shape = conv2d_output_shape(c.input, c.weight, c.options);
  const Tensor bias = random_tensor({1, 1, 1, c.bias ? shape.c : 0}, c.seed + 2);
  for_each_target([&](const char* target) {
    RC_LOG() << target << '\n';
    Conv2dWorkspace workspace;
    Tensor full, updated;
    RC_ASSERT(conv2d_into(before, weight, bias.values(), c.options, updated, workspace));
    RC_ASSERT(conv2d_into(after, weight, bias.values(), c.options, full, workspace));
    const bool to_the_bit = sums_by_window(c.input, weight, c.options, workspace);
    RC_ASSERT(to_the_bit || !certainly);
    if (to_the_bit)
      expect_covers(conv2d_reached(c.input, rect, c.weight, c.options), updated, full);
    const Tensor old = updated;
    const std::optional<CellRect> written =
        conv2d_update_input(after, rect, weight, bias.values(), c.options, updated, workspace);
    RC_ASSERT(written.has_value());
    expect_covers({*written}, old, updated);
    if (to_the_bit)
      RC_ASSERT(updated == full);
    else
      RC_ASSERT(difference(updated, reference::conv2d(after, weight, bias.values(), c.options)) <=
                1e-5);
  });
}

RC_GTEST_PROP(UpdateInput, OfLayersIsAFullEvaluation, ()) {
  const ConvCase c = draw_case({.size = 60, .kernel = 6, .channels = 5, .strides = true});
  expect_update(c, draw_rect(c.input), true);
}

RC_GTEST_PROP(UpdateInput, OfPlanesIsAFullEvaluation, ()) {
  ConvCase c = draw_case({.size = 90, .kernel = 10});
  RC_PRE(c.weight.c == 1);
  expect_update(c, draw_rect(c.input), c.weight.h * c.weight.w < 49);
}

RC_GTEST_PROP(UpdateInput, OfSumsOfOuterProductsIsTheReference, ()) {
  ConvCase c = draw_case({.size = 120, .kernel = 20, .dilations = false});
  c.rank = draw(0, 1);
  expect_update(c, draw_rect(c.input), false);
}

RC_GTEST_PROP(UpdateInput, OfTransposedConvolutionIsAFullEvaluation, ()) {
  ConvCase c;
  c.options.transposed = true;
  c.options.stride = {draw(1, 3), draw(1, 3)};
  c.options.dilation = {draw(1, 2), draw(1, 2)};
  c.options.padding = {draw(0, 2), draw(0, 2), draw(0, 2), draw(0, 2)};
  c.input = {1, draw(1, 3), draw(5, 12), draw(5, 12)};
  c.weight = {c.input.c, draw(1, 3), draw(1, 4), draw(1, 4)};
  expect_update(c, draw_rect(c.input), true);
}

TEST(UpdateInput, ByTransformsIsTheReference) {
  ConvCase c;
  c.input = {1, 1, 300, 310};
  c.weight = {1, 1, 31, 31};
  c.options.padding = same_padding({31, 31}, {1, 1});
  c.options.padding_mode = PaddingMode::kCircular;
  const Tensor before = random_tensor(c.input, 1);
  const CellRect rect{0, 100, 9, 109};
  const Tensor after = changed_in(before, rect, 2);
  const Tensor weight = random_tensor(c.weight, 3);
  Conv2dWorkspace workspace;
  ASSERT_EQ(choose_path(c.input, weight, c.input, c.options, workspace), Conv2dPath::kFft);
  Tensor updated;
  ASSERT_TRUE(conv2d_into(before, weight, {}, c.options, updated, workspace));
  ASSERT_TRUE(conv2d_update_input(after, rect, weight, {}, c.options, updated, workspace));
  EXPECT_LE(difference(updated, reference::conv2d(after, weight, {}, c.options)), 1e-5);
}

TEST(Reached, IsTheWindowsOverTheCellsAndTheirCopies) {
  Conv2dOptions o;
  o.padding = {1, 1, 1, 1};
  const Shape input{1, 1, 8, 9};
  const Shape weight{1, 1, 3, 3};
  const CellRect corner{0, 0, 1, 1};
  EXPECT_EQ(conv2d_reached(input, corner, weight, o), (std::vector<CellRect>{{0, 0, 2, 2}}));
  o.padding_mode = PaddingMode::kCircular;
  EXPECT_EQ(conv2d_reached(input, corner, weight, o),
            (std::vector<CellRect>{{0, 0, 2, 2}, {0, 8, 2, 9}, {7, 0, 8, 2}, {7, 8, 8, 9}}));
  o.stride = {4, 4};
  EXPECT_EQ(conv2d_reached(input, {3, 3, 4, 4}, weight, o), (std::vector<CellRect>{{1, 1, 2, 2}}));
  EXPECT_TRUE(conv2d_reached(input, {2, 2, 3, 3}, weight, o).empty());
  EXPECT_TRUE(conv2d_reached(input, {3, 3, 3, 8}, weight, o).empty());
}

RC_GTEST_PROP(UpdatePool, IsAFullEvaluation, ()) {
  Pool2dOptions o;
  o.kind = draw(0, 1) == 0 ? PoolKind::kMax : PoolKind::kAverage;
  if (draw(0, 2) > 0) {
    o.kernel = {draw(1, 5), draw(1, 5)};
    o.stride = {draw(1, 4), draw(1, 4)};
    o.padding = {draw(0, 6), draw(0, 6), draw(0, 6), draw(0, 6)};
    o.allow_large_padding = true;
    if (o.kind == PoolKind::kMax) o.dilation = {draw(1, 3), draw(1, 3)};
  }
  o.ceil_mode = draw(0, 1) == 1;
  o.count_include_pad = draw(0, 1) == 1;
  const Shape shape{draw(1, 2), draw(1, 3), 14 + draw(0, 40), 14 + draw(0, 200)};
  CellRect rect = draw_rect(shape);
  if (draw(0, 1) == 0) rect = {rect.top, 3, rect.bottom, shape.w - 5};
  const Tensor before = random_tensor(shape, 1);
  const Tensor after = changed_in(before, rect, 2);
  const Pool2dResult expected = reference::pool2d(after, o);
  for_each_target([&](const char* target) {
    RC_LOG() << to_string(shape) << " on " << target << '\n';
    Conv2dWorkspace workspace;
    Pool2dResult result, full;
    RC_ASSERT(pool2d_into(before, o, result, workspace));
    RC_ASSERT(pool2d_into(after, o, full, workspace));
    const CellRect reached = pool2d_reached(shape, rect, o);
    expect_covers({reached}, result.output, full.output);
    RC_ASSERT(pool2d_update(after, rect, o, result, workspace));
    RC_ASSERT(result.output == full.output);
    RC_ASSERT(result.indices == expected.indices);
  });
}

TEST(UpdateInput, SaysThatItWasStopped) {
  std::stop_source stop;
  stop.request_stop();
  const Tensor input = random_tensor({1, 1, 100, 100}, 1);
  const Tensor weight = random_tensor({1, 1, 3, 3}, 2);
  Conv2dWorkspace workspace;
  Tensor output = conv2d(input, weight);
  Pool2dResult pooled = pool2d(input, {});
  const CellRect rect{10, 10, 20, 20};
  EXPECT_FALSE(
      conv2d_update_input(input, rect, weight, {}, {}, output, workspace, stop.get_token()));
  EXPECT_FALSE(pool2d_update(input, rect, {}, pooled, workspace, stop.get_token()));
}

}  // namespace
}  // namespace convscope::engine
