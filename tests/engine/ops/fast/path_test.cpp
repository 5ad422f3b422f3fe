// Every path of conv2d against the reference, on every instruction set of the machine.
#include <cmath>
#include <limits>

#include "engine/ops/conv2d_plan.h"
#include "engine/ops/conv2d_reference.h"
#include "engine/ops/fast/low_rank.h"
#include "engine/ops/weight_update.h"
#include "tests/engine/ops/fast/cases.h"

namespace convscope::engine {
namespace {

void expect_path(Conv2dPath path, const ConvCase& c, double tolerance) {
  RC_PRE(path_fits(path, c.input, c.weight, c.options));
  const Tensor input = random_tensor(c.input, c.seed);
  const Tensor weight = random_kernel(c.weight, c.rank, c.seed + 1);
  const Tensor bias = random_tensor({1, 1, 1, c.bias ? c.weight.n : 0}, c.seed + 2);
  const Tensor expected = reference::conv2d(input, weight, bias.values(), c.options);
  for_each_target([&](const char* target) {
    Conv2dWorkspace workspace;
    Tensor output(expected.shape(), 1e30f);
    RC_ASSERT(correlate(input, weight, bias.values(), c.options, output, workspace, {}, path));
    const double error = difference(output, expected);
    if (!(error <= tolerance)) RC_LOG() << c << " on " << target << ": " << error << '\n';
    RC_ASSERT(error <= tolerance);
  });
}

RC_GTEST_PROP(PlanePath, IsTheReference, ()) {
  expect_path(Conv2dPath::kPlane, draw_case({.size = 90, .kernel = 17}), 1e-5);
}

// The lanes beyond so narrow an output would meet cells past the end of the input's allocation.
TEST(PlanePath, ReadsNothingBeyondAnInputNarrowerThanTheLanes) {
  ConvCase c;
  c.weight = {1, 1, 1, 1};
  for (const Index width : {1, 2, 3}) {
    c.input = {1, 1, 1, width};
    for (const PaddingMode mode : {PaddingMode::kZeros, PaddingMode::kReflect,
                                   PaddingMode::kReplicate, PaddingMode::kCircular}) {
      c.options.padding_mode = mode;
      expect_path(Conv2dPath::kPlane, c, 1e-5);
    }
  }
}

// Large output is written past the caches.
TEST(LargeOutput, IsTheReference) {
  ConvCase c;
  c.input = {1, 1, 1025, 2050};
  c.weight = {1, 1, 2, 3};
  const Tensor input = random_tensor(c.input, 1);
  const Tensor weight = random_kernel(c.weight, 1, 2);
  const Tensor expected = reference::conv2d(input, weight, {}, c.options);
  for_each_target([&](const char* target) {
    for (const Conv2dPath path : {Conv2dPath::kPlane, Conv2dPath::kLowRank}) {
      Conv2dWorkspace workspace;
      Tensor output(expected.shape(), 1e30f);
      ASSERT_TRUE(correlate(input, weight, {}, c.options, output, workspace, {}, path));
      EXPECT_LE(difference(output, expected), 1e-5) << name(path) << " on " << target;
    }
  });
}

RC_GTEST_PROP(LayerPath, IsTheReference, ()) {
  expect_path(Conv2dPath::kLayer,
              draw_case({.size = 60, .kernel = 6, .channels = 11, .strides = true}), 1e-5);
}

// An output larger than the caches is stored past them.
TEST(LayerPath, IsThePlainPathWhereTheOutputIsLarge) {
  Conv2dOptions options;
  options.padding = same_padding({3, 3}, {1, 1});
  const Tensor input = random_tensor({1, 2, 500, 1216}, 1);
  const Tensor weight = random_tensor({7, 2, 3, 3}, 2);
  Tensor expected(Shape{1, 7, 500, 1216});
  Tensor output(expected.shape());
  Conv2dWorkspace workspace;
  ASSERT_TRUE(correlate(input, weight, {}, options, expected, workspace, {}, Conv2dPath::kPlain));
  for_each_target([&](const char* target) {
    output.fill(1e30f);
    ASSERT_TRUE(correlate(input, weight, {}, options, output, workspace, {}, Conv2dPath::kLayer));
    EXPECT_LE(difference(output, expected), 1e-5) << target;
  });
}

RC_GTEST_PROP(LowRankPath, IsTheReferenceForKernelsOfAnyRank, ()) {
  expect_path(Conv2dPath::kLowRank, draw_case({.size = 60, .kernel = 12}), 1e-5);
}

RC_GTEST_PROP(LowRankPath, IsTheReferenceForSumsOfOuterProducts, ()) {
  ConvCase c = draw_case({.size = 60, .kernel = 24});
  c.rank = draw(1, 4);
  expect_path(Conv2dPath::kLowRank, c, 1e-5);
}

TEST(LowRank, FindsTheRankOfAKernel) {
  for (Index rank = 1; rank <= 3; ++rank) {
    fast::LowRankCache cache;
    const Tensor weight = random_kernel({2, 1, 15, 15}, rank, 5);
    EXPECT_EQ(fast::low_rank(weight, 3, cache).rank, rank);
    EXPECT_EQ(fast::low_rank(weight, rank - 1, cache).rank, 0);
  }
  fast::LowRankCache cache;
  EXPECT_EQ(fast::low_rank(random_kernel({1, 1, 15, 15}, 0, 5), 4, cache).rank, 0);
}

TEST(ChoosePath, GoesByTheShapeAndTheRankOfTheKernel) {
  Conv2dWorkspace workspace;
  const Shape plane{1, 1, 256, 256};
  const auto chosen = [&](const Shape& kernel, Index rank) {
    return choose_path(plane, random_kernel(kernel, rank, 3), plane, {}, workspace);
  };
  EXPECT_EQ(chosen({1, 1, 15, 15}, 1), Conv2dPath::kLowRank);
  EXPECT_EQ(chosen({1, 1, 9, 9}, 0), Conv2dPath::kPlane);
  EXPECT_EQ(chosen({1, 1, 31, 31}, 0), Conv2dPath::kFft);
  EXPECT_EQ(chosen({1, 1, 3, 3}, 1), Conv2dPath::kPlane);
  EXPECT_EQ(chosen({4, 1, 3, 3}, 0), Conv2dPath::kPlane);
  EXPECT_EQ(
      choose_path({1, 3, 64, 64}, random_kernel({4, 3, 3, 3}, 0, 3), {1, 4, 64, 64}, {}, workspace),
      Conv2dPath::kLayer);
}

RC_GTEST_PROP(UpdateWeight, IsTheDifferenceOfTwoEvaluations, ()) {
  const ConvCase c = draw_case({.size = 150, .kernel = 6, .channels = 3, .strides = true});
  const Tensor input = random_tensor(c.input, c.seed);
  Tensor weight = random_tensor(c.weight, c.seed + 1);
  const Tensor before = reference::conv2d(input, weight, {}, c.options);
  const WeightPlace at{draw(0, c.weight.n - 1), draw(0, c.weight.c - 1), draw(0, c.weight.h - 1),
                       draw(0, c.weight.w - 1)};
  weight.at(at.n, at.c, at.y, at.x) += 0.75f;
  const Tensor expected = reference::conv2d(input, weight, {}, c.options);
  for_each_target([&](const char* target) {
    RC_LOG() << c << " on " << target << '\n';
    Tensor output = before;
    RC_ASSERT(conv2d_update_weight(input, at, 0.75f, c.options, output));
    RC_ASSERT(difference_of_units(output, expected) <= 1e-5);
  });
}

RC_GTEST_PROP(FftPath, IsTheReference, ()) {
  expect_path(Conv2dPath::kFft, draw_case({.size = 60, .kernel = 20}), 1e-5);
}

TEST(FftPath, JoinsTilesWithoutSeams) {
  ConvCase c;
  c.input = {2, 1, 210, 250};
  c.weight = {1, 1, 19, 33};
  c.options.padding = same_padding({19, 33}, {1, 1});
  c.options.padding_mode = PaddingMode::kReflect;
  const Tensor input = random_tensor(c.input, 1);
  const Tensor weight = random_tensor(c.weight, 2);
  const Tensor expected = reference::conv2d(input, weight, {}, c.options);
  for_each_target([&](const char* target) {
    Conv2dWorkspace workspace;
    Tensor output(expected.shape(), 1e30f);
    ASSERT_TRUE(correlate(input, weight, {}, c.options, output, workspace, {}, Conv2dPath::kFft));
    EXPECT_LE(difference(output, expected), 1e-5) << target;
  });
}

TEST(FftPath, KeepsANaNToTheCellsThatMeetIt) {
  Tensor input = random_tensor({1, 1, 60, 60}, 1);
  input.at(30, 30) = std::numeric_limits<float>::quiet_NaN();
  Conv2dWorkspace workspace;
  Tensor output(Shape{1, 1, 42, 42});
  ASSERT_TRUE(correlate(input, random_tensor({1, 1, 19, 19}, 2), {}, {}, output, workspace, {},
                        Conv2dPath::kFft));
  EXPECT_TRUE(std::isnan(output.at(12, 12)));
  EXPECT_FALSE(std::isnan(output.at(11, 12)));
  EXPECT_FALSE(std::isnan(output.at(31, 31)));
}

// On every path: an infinity stays one, and nothing spreads.
TEST(NotFinite, IsWhereTheReferenceHasIt) {
  constexpr float kInf = std::numeric_limits<float>::infinity();
  Tensor input = random_tensor({1, 1, 80, 90}, 1);
  input.at(3, 40) = kInf;
  input.at(30, 30) = -kInf;
  input.at(33, 32) = kInf;
  input.at(60, 88) = std::numeric_limits<float>::quiet_NaN();
  Conv2dOptions options;
  options.padding = same_padding({15, 15}, {1, 1});
  options.padding_mode = PaddingMode::kReflect;
  const Tensor weight = random_kernel({1, 1, 15, 15}, 2, 2);
  const Tensor expected = reference::conv2d(input, weight, {}, options);
  const auto kind = [](float v) {
    return std::isnan(v) ? 2 : std::isinf(v) ? (v > 0 ? 1 : -1) : 0;
  };
  for_each_target([&](const char* target) {
    for (const Conv2dPath path : {Conv2dPath::kPlain, Conv2dPath::kPlane, Conv2dPath::kLayer,
                                  Conv2dPath::kFft, Conv2dPath::kLowRank}) {
      Conv2dWorkspace workspace;
      Tensor output(expected.shape(), 1e30f);
      ASSERT_TRUE(correlate(input, weight, {}, options, output, workspace, {}, path));
      Index differing = 0;
      for (Index i = 0; i < output.numel(); ++i)
        differing += kind(output.data()[i]) != kind(expected.data()[i]);
      EXPECT_EQ(differing, 0) << name(path) << " on " << target;
    }
  });
}

RC_GTEST_PROP(PlainPath, IsTheReference, ()) {
  expect_path(Conv2dPath::kPlain, draw_case({.channels = 3, .strides = true}), 1e-5);
}

}  // namespace
}  // namespace convscope::engine
