// Pooling against the plain reference, its rules by hand, and what it refuses.
#include <algorithm>
#include <limits>

#include "engine/core/option_check.h"
#include "engine/ops/pool2d_reference.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"
#include "tests/error_text.h"

namespace convscope::engine {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();

RC_GTEST_PROP(Pool2dProperty, EqualsTheReferenceForAnyOptions, ()) {
  const PoolCase c = arbitrary_pool_case();
  const Tensor input = random_tensor(c.input, 7);
  const Pool2dResult actual = pool2d(input, c.options);
  const Pool2dResult expected = reference::pool2d(input, c.options);
  const Tensor grad = random_tensor(expected.output.shape(), 8);
  RC_ASSERT(actual.indices == expected.indices);
  if (c.options.kind == PoolKind::kMax) {
    RC_ASSERT(actual.output == expected.output);
    RC_ASSERT(difference_of_units(max_pool2d_grad(grad, actual.indices, c.input, c.options),
                                  reference::max_pool2d_grad(grad, expected.indices, c.input)) <
              1e-6);
  } else {
    RC_ASSERT(difference_of_units(actual.output, expected.output) < 1e-6);
    RC_ASSERT(difference_of_units(avg_pool2d_grad(grad, c.input, c.options),
                                  reference::avg_pool2d_grad(grad, c.input, c.options)) < 1e-6);
  }
}

TEST(MaxPool2d, TellsWhereInTheUnpaddedPlane) {
  const Pool2dResult result = pool2d(Tensor::from_rows({{1, 5, 2, 0}, {4, 3, 9, 8}}), {});
  EXPECT_EQ(result.output, Tensor::from_rows({{5, 9}}));
  EXPECT_THAT(result.indices, testing::ElementsAre(1, 6));
}

TEST(MaxPool2d, FirstOfEqualValuesWins) {
  EXPECT_THAT(pool2d(Tensor::from_rows({{2, 2}, {2, 2}}), {}).indices, testing::ElementsAre(0));
}

TEST(MaxPool2d, NanWinsOverAll) {
  const Pool2dResult result = pool2d(Tensor::from_rows({{1, kNan}, {7, kInf}}), {});
  EXPECT_TRUE(std::isnan(result.output.at(0, 0)));
  EXPECT_THAT(result.indices, testing::ElementsAre(1));
}

TEST(MaxPool2d, PaddingNeverWins) {
  Pool2dOptions o;
  o.padding = {1, 1, 1, 1};
  const Pool2dResult result = pool2d(Tensor::from_rows({{-3, -kInf}, {-2, -kInf}}), o);
  EXPECT_EQ(result.output, Tensor::from_rows({{-3, -kInf}, {-2, -kInf}}));
  EXPECT_THAT(result.indices, testing::ElementsAre(0, 1, 2, 3));
}

TEST(MaxPool2d, DilatedWindowThatMissesTheInputIsAtItsFirstPlace) {
  Pool2dOptions o;
  o.kernel = {1, 2};
  o.stride = {1, 1};
  o.padding = {0, 1, 0, 1};
  o.dilation = {1, 2};
  // One column at 0; the window looks at -1 and 1.
  const Pool2dResult result = pool2d(Tensor::from_rows({{4}}), o);
  EXPECT_EQ(result.output, Tensor::from_rows({{-kInf}}));
  EXPECT_THAT(result.indices, testing::ElementsAre(1));
}

TEST(MaxPool2d, GradientOfAWindowThatMissesTheInputGoesNowhere) {
  Pool2dOptions o;
  o.kernel = {2, 1};
  o.stride = {1, 1};
  o.padding = {1, 0, 1, 0};
  o.dilation = {3, 1};
  // Of three rows the first output row looks at -1 and 2, the second at 0 and 3.
  const Tensor tall = Tensor::from_rows({{1, 2}, {3, 4}, {5, 6}});
  EXPECT_EQ(max_pool2d_grad(Tensor::from_rows({{7, 8}, {9, 10}}), pool2d(tall, o).indices,
                            tall.shape(), o),
            Tensor::from_rows({{9, 10}, {0, 0}, {7, 8}}));
  // Two rows are missed by the only output row, which looks at -1 and 2.
  const Shape flat{1, 1, 2, 2};
  const Pool2dResult missed = pool2d(Tensor(flat), o);
  ASSERT_THAT(missed.indices, testing::ElementsAre(4, 5));
  const Tensor grad = Tensor::from_rows({{7, 8}});
  EXPECT_EQ(max_pool2d_grad(grad, missed.indices, flat, o), Tensor(flat));
  // Without the options nobody knows that it is no mistake.
  EXPECT_THROW(max_pool2d_grad(grad, missed.indices, flat), Error);
}

TEST(MaxPool2d, IndexOutsideIsRefusedWhereTheWindowMeetsTheInput) {
  const Tensor input = Tensor::from_rows({{1, 2}, {3, 4}});
  const std::vector<Index> wrong{4};
  EXPECT_EQ(error_text([&] {
              max_pool2d_grad(Tensor::from_rows({{1}}), wrong, input.shape(), Pool2dOptions{});
            }),
            "index 4 lies outside input [1, 1, 2, 2]: it must be from 0 to 3, or -1 for no cell");
  EXPECT_EQ(
      error_text([&] { max_pool2d_grad(input, wrong, input.shape(), Pool2dOptions{}); }),
      "output gradient [1, 1, 2, 2] does not fit input [1, 1, 2, 2]: it must be [1, 1, 1, 1]");
}

TEST(MaxPool2d, GradientGoesNowhereForIndexMinusOne) {
  const std::vector<Index> none{-1};
  EXPECT_EQ(max_pool2d_grad(Tensor::from_rows({{1}}), none, {1, 1, 1, 1}),
            Tensor::from_rows({{0}}));
}

TEST(Pool2d, CeilModeDropsAWindowThatStartsInTheRightPadding) {
  Pool2dOptions o;
  o.kernel = {1, 2};
  o.stride = {1, 3};
  o.ceil_mode = true;
  // Windows would start at 0 and 3: the second lies wholly outside the three columns.
  EXPECT_EQ(pool2d_output_shape({1, 1, 1, 3}, o), (Shape{1, 1, 1, 1}));
  EXPECT_EQ(pool2d_output_shape({1, 1, 1, 4}, o), (Shape{1, 1, 1, 2}));
}

TEST(AvgPool2d, CountsPaddingOnlyWhenAskedTo) {
  const Tensor input = Tensor::from_rows({{6}});
  Pool2dOptions o{PoolKind::kAverage, {1, 2}, {1, 1}, {0, 1, 0, 1}, {1, 1}, false, true, 0};
  EXPECT_EQ(pool2d(input, o).output, Tensor::from_rows({{3, 3}}));
  o.count_include_pad = false;
  EXPECT_EQ(pool2d(input, o).output, Tensor::from_rows({{6, 6}}));
  o.divisor_override = 4;
  EXPECT_EQ(pool2d(input, o).output, Tensor::from_rows({{1.5f, 1.5f}}));
}

// Columns -2 and -1, 0 and 1, 2 and 3: the first and the last window see padding alone.
TEST(MaxPool2d, OfPaddingAloneIsNowhereAndItsGradientToo) {
  Pool2dOptions o;
  o.kernel = {1, 2};
  o.stride = {1, 2};
  o.padding = {0, 2, 0, 2};
  o.allow_large_padding = true;
  const Tensor input = Tensor::from_rows({{-5, -4}});
  const Pool2dResult result = pool2d(input, o);
  EXPECT_EQ(result.output, Tensor::from_rows({{-kInf, -4, -kInf}}));
  EXPECT_THAT(result.indices, testing::ElementsAre(-1, 1, -1));
  const Tensor grad = Tensor::from_rows({{7, 8, 9}});
  EXPECT_EQ(max_pool2d_grad(grad, result.indices, input.shape(), o), Tensor::from_rows({{0, 8}}));
}

// What is divided by the cells of the input would be 0 / 0.
TEST(AvgPool2d, OfPaddingAloneIsZeroWhateverDividesIt) {
  Pool2dOptions o{PoolKind::kAverage, {1, 2}, {1, 2}, {0, 2, 0, 2}, {1, 1}, false, true, 0, true};
  const Tensor input = Tensor::from_rows({{2, 4}});
  const Tensor grad = Tensor::from_rows({{1, 1, 1}});
  for (const bool include : {true, false}) {
    o.count_include_pad = include;
    EXPECT_EQ(pool2d(input, o).output, Tensor::from_rows({{0, 3, 0}}));
    EXPECT_EQ(avg_pool2d_grad(grad, input.shape(), o), Tensor::from_rows({{0.5f, 0.5f}}));
  }
}

TEST(AvgPool2d, CountsThePaddingOfTheSideWhereItIs) {
  Pool2dOptions o{PoolKind::kAverage, {1, 3}, {1, 3}, {0, 0, 0, 1}, {1, 1}, true, true, 0};
  // Columns 0 to 2, and 3 with one of padding and one beyond it, which is not counted.
  EXPECT_EQ(pool2d(Tensor::from_rows({{1, 2, 3, 8}}), o).output, Tensor::from_rows({{2, 4}}));
}

TEST(Pool2d, CeilModeCountsThePaddingOfEachSide) {
  Pool2dOptions o;
  o.kernel = {1, 4};
  o.stride = {1, 3};
  o.ceil_mode = true;
  // Windows from 0 and 3; the third would start at 6, in the padding at the right.
  o.padding = {0, 0, 0, 2};
  EXPECT_EQ(pool2d_output_shape({1, 1, 1, 6}, o), (Shape{1, 1, 1, 2}));
  // Windows from -2, 1 and 4.
  o.padding = {0, 2, 0, 0};
  EXPECT_EQ(pool2d_output_shape({1, 1, 1, 6}, o), (Shape{1, 1, 1, 3}));
}

TEST(SamePoolPadding, IsThatOfTensorFlow) {
  Pool2dOptions o;
  o.kernel = {3, 2};
  o.stride = {2, 3};
  // Rows -1 to 1, 1 to 3, 3 to 5; columns 0 and 1, 3 and 4, 6 and 7 of eight: nothing is added.
  EXPECT_EQ(same_padding({1, 1, 5, 8}, o), (Padding{1, 0, 1, 0}));
  // Six rows need one more, which is at the bottom; the seventh column needs one at the right.
  EXPECT_EQ(same_padding({1, 1, 6, 7}, o), (Padding{0, 0, 1, 1}));
}

RC_GTEST_PROP(SamePoolPaddingProperty, GivesACellForEachStride, ()) {
  PoolCase c = arbitrary_pool_case();
  c.options.padding = same_padding(c.input, c.options);
  c.options.allow_large_padding = true;
  const Padding& p = c.options.padding;
  RC_ASSERT(p.bottom - p.top >= 0 && p.bottom - p.top <= 1);
  RC_ASSERT(p.right - p.left >= 0 && p.right - p.left <= 1);
  const Shape output = pool2d_output_shape(c.input, c.options);
  RC_ASSERT(output.h == (c.input.h + c.options.stride.y - 1) / c.options.stride.y);
  RC_ASSERT(output.w == (c.input.w + c.options.stride.x - 1) / c.options.stride.x);
  if (c.options.stride == Yx{1, 1})
    RC_ASSERT(p == same_padding(c.options.kernel, c.options.dilation));
  if (c.options.dilation == Yx{1, 1}) RC_ASSERT(!has_large_padding(c.options));
}

TEST(SamePoolPadding, RefusesWhatIsNoWindow) {
  Pool2dOptions o;
  o.stride = {0, 2};
  EXPECT_EQ(error_text([&] {
              same_padding({1, 1, 4, 4}, o);
            }),
            "pooling stride (0, 2) must be at least 1");
  o = {};
  o.dilation = {1, kMaxExtent + 1};
  EXPECT_EQ(error_text([&] {
              same_padding({1, 1, 4, 4}, o);
            }),
            "pooling dilation (1, 16777217) must be at most 16777216");
}

TEST(Pool2d, ResultKeepsItsAllocations) {
  const Tensor input = random_tensor({1, 2, 8, 8}, 1);
  Pool2dResult result = pool2d(input, {});
  const float* values = result.output.data();
  const Index* indices = result.indices.data();
  ASSERT_TRUE(pool2d_into(input, {}, result));
  EXPECT_EQ(result.output.data(), values);
  EXPECT_EQ(result.indices.data(), indices);
}

TEST(Pool2d, StopsWhenAskedTo) {
  std::stop_source source;
  source.request_stop();
  Pool2dResult result;
  EXPECT_FALSE(pool2d_into(Tensor(Shape{1, 1, 64, 64}), {}, result, source.get_token()));
}

std::string refusal(const Shape& input, const Pool2dOptions& options) {
  return error_text([&] { static_cast<void>(pool2d_output_shape(input, options)); });
}

TEST(Pool2dRefuses, KernelLargerThanThePaddedInput) {
  EXPECT_EQ(refusal({1, 1, 1, 9}, {}),
            "pooling kernel (2, 2) does not fit into input [1, 1, 1, 9]: it covers 2 × 2 cells, "
            "and the padded input has 1 × 9");
}

TEST(Pool2dRefuses, PaddingOfMoreThanHalfTheKernel) {
  Pool2dOptions o;
  o.kernel = {3, 2};
  o.padding = {2, 0, 2, 0};
  EXPECT_EQ(refusal({1, 1, 9, 9}, o),
            "pooling padding (2, 0) is more than half the kernel (3, 2): it must be at most (1, 1) "
            "unless large padding is allowed");
  for (Index Padding::*side : {&Padding::top, &Padding::left, &Padding::bottom, &Padding::right}) {
    o.padding = {};
    o.padding.*side = 2;
    EXPECT_THAT(refusal({1, 1, 9, 9}, o), testing::HasSubstr("is more than half the kernel"));
    o.padding.*side = 1;
    EXPECT_NO_THROW(static_cast<void>(pool2d_output_shape({1, 1, 9, 9}, o)));
  }
  o.padding = {0, 0, 2, 1};
  EXPECT_THAT(refusal({1, 1, 9, 9}, o), testing::StartsWith("pooling padding (0, 0, 2, 1) is"));
  o.allow_large_padding = true;
  EXPECT_EQ(pool2d_output_shape({1, 1, 9, 9}, o), (Shape{1, 1, 5, 5}));
}

TEST(Pool2dRefuses, OptionsOutOfRange) {
  Pool2dOptions o;
  o.stride = {2, 0};
  EXPECT_EQ(refusal({1, 1, 9, 9}, o), "pooling stride (2, 0) must be at least 1");
  o = {};
  o.kernel = {-1, 2};
  EXPECT_EQ(refusal({1, 1, 9, 9}, o), "pooling kernel (-1, 2) must be at least 1");
  o = {};
  o.padding = {0, -1, 0, -1};
  EXPECT_EQ(refusal({1, 1, 9, 9}, o), "pooling padding (0, -1) must not be negative");
  o.padding = {0, 0, 0, -1};
  EXPECT_EQ(refusal({1, 1, 9, 9}, o), "pooling padding (0, 0, 0, -1) must not be negative");
  o.allow_large_padding = true;
  o.padding = {0, 0, kMaxExtent + 1, 0};
  EXPECT_EQ(refusal({1, 1, 9, 9}, o),
            "pooling padding (0, 0, 16777217, 0) must be at most 16777216");
  o = {};
  o.kind = PoolKind::kAverage;
  o.dilation = {1, 2};
  EXPECT_EQ(refusal({1, 1, 9, 9}, o),
            "pooling dilation (1, 2) is only for max pooling: it must be 1 for average pooling");
}

TEST(Pool2dRefuses, GradientsThatDontFit) {
  const Tensor grad(Shape{1, 1, 2, 2});
  const std::vector<Index> indices{0, 1, 2, 16};
  EXPECT_EQ(error_text([&] {
              max_pool2d_grad(grad, indices, {1, 1, 4, 4});
            }),
            "index 16 lies outside input [1, 1, 4, 4]: it must be from 0 to 15, or -1 for no cell");
  EXPECT_EQ(error_text([&] {
              max_pool2d_grad(grad, std::span(indices).first(3), {1, 1, 4, 4});
            }),
            "3 indices do not fit output gradient [1, 1, 2, 2]: there must be 4");
  EXPECT_EQ(error_text([&] {
              max_pool2d_grad(grad, indices, {1, 2, 4, 4});
            }),
            "output gradient [1, 1, 2, 2] does not fit input [1, 2, 4, 4]: batch and channels must "
            "be the same");
  Pool2dOptions average;
  average.kind = PoolKind::kAverage;
  EXPECT_EQ(error_text([&] {
              avg_pool2d_grad(grad, {1, 1, 6, 4}, average);
            }),
            "output gradient [1, 1, 2, 2] does not fit input [1, 1, 6, 4]: it must be [1, 1, 3, "
            "2]");
}

}  // namespace
}  // namespace convscope::engine
