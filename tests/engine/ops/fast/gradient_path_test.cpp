// Every path of conv2d's gradients against the reference, on every instruction set of the machine.
#include <cmath>
#include <limits>

#include "engine/ops/conv2d_plan.h"
#include "engine/ops/conv2d_reference.h"
#include "engine/ops/ring_gradient.h"
#include "tests/engine/ops/fast/cases.h"

namespace convscope::engine {
namespace {

void expect_spread(const ConvCase& c) {
  const Shape small_shape = conv2d_output_shape(c.input, c.weight, c.options);
  const Tensor small = random_tensor(small_shape, c.seed);
  const Tensor weight = random_tensor(c.weight, c.seed + 1);
  const Tensor expected = reference::conv2d_grad_input(small, weight, c.input, c.options);
  for (const SpreadPath path : {SpreadPath::kPlain, SpreadPath::kCorrelate, SpreadPath::kPhases}) {
    if (!path_fits(path, c.options)) continue;
    for_each_target([&](const char* target) {
      Conv2dWorkspace workspace;
      Tensor large(c.input, 1e30f);
      RC_ASSERT(spread(small, weight, {}, c.options, large, workspace, {}, path));
      const double error = difference(large, expected);
      if (!(error <= 1e-5)) RC_LOG() << c << " on " << target << ": " << error << '\n';
      RC_ASSERT(error <= 1e-5);
    });
  }
}

RC_GTEST_PROP(SpreadPaths, AreTheReference, ()) {
  expect_spread(draw_case({.size = 24, .kernel = 6, .channels = 5, .strides = true}));
}

RC_GTEST_PROP(SpreadPaths, AreTheReferenceWithStride1AndZeros, ()) {
  ConvCase c = draw_case({.size = 40, .kernel = 6, .channels = 5});
  c.options.padding_mode = PaddingMode::kZeros;
  expect_spread(c);
}

RC_GTEST_PROP(SpreadPaths, AreTheReferenceWithStride1AndCopies, ()) {
  expect_spread(draw_case({.size = 40, .kernel = 6, .channels = 5}));
}

// A ring of so many cells that it is computed a few rows at a time.
TEST(SpreadPaths, AddAWideRing) {
  ConvCase c;
  c.input = {2, 8, 70, 500};
  c.weight = {8, 1, 3, 5};
  c.options.groups = 8;
  c.options.padding = {69, 400, 40, 120};
  for (const PaddingMode mode :
       {PaddingMode::kReflect, PaddingMode::kReplicate, PaddingMode::kCircular}) {
    c.options.padding_mode = mode;
    ASSERT_LT(ring_rows_at_once(c.input, 69, 1020), 69);
    const Tensor small = random_tensor(conv2d_output_shape(c.input, c.weight, c.options), 1);
    const Tensor weight = random_tensor(c.weight, 2);
    Tensor grad(c.input, 1e30f);
    Conv2dWorkspace workspace;
    ASSERT_TRUE(spread(small, weight, {}, c.options, grad, workspace, {}, SpreadPath::kCorrelate));
    EXPECT_LE(difference(grad, reference::conv2d_grad_input(small, weight, c.input, c.options)),
              1e-5)
        << name(mode);
  }
}

// A NaN or an infinity reaches the cells that the reference says, also through copies.
TEST(SpreadPaths, KeepWhatIsNotFiniteToTheCellsThatMeetIt) {
  Tensor small = random_tensor({1, 1, 40, 50}, 1);
  small.at(0, 20) = std::numeric_limits<float>::infinity();
  small.at(30, 49) = std::numeric_limits<float>::quiet_NaN();
  const Tensor weight = random_kernel({1, 1, 13, 13}, 3, 2);
  Conv2dOptions options;
  options.padding = same_padding({13, 13}, {1, 1});
  for (const PaddingMode mode :
       {PaddingMode::kReflect, PaddingMode::kReplicate, PaddingMode::kCircular}) {
    options.padding_mode = mode;
    const Tensor expected = reference::conv2d_grad_input(small, weight, {1, 1, 40, 50}, options);
    Tensor grad(expected.shape(), 1e30f);
    Conv2dWorkspace workspace;
    ASSERT_TRUE(spread(small, weight, {}, options, grad, workspace, {}, SpreadPath::kCorrelate));
    for (Index i = 0; i < grad.numel(); ++i)
      ASSERT_EQ(std::isfinite(grad.data()[i]), std::isfinite(expected.data()[i])) << i;
  }
}

// Wide enough for rows that are read in place, between sides that are copied.
TEST(GradWeightPaths, AreTheReferenceWhereMostColumnsMeetNoPadding) {
  struct Case {
    Shape input, weight;
    Padding padding;
    Yx dilation{1, 1};
    Index groups = 1;
  };
  for (const Case& size : {Case{{1, 1, 90, 300}, {1, 1, 7, 7}, {3, 3, 3, 3}},
                           Case{{2, 1, 40, 311}, {2, 1, 5, 4}, {0, 9, 5, 0}, {2, 3}},
                           Case{{1, 3, 33, 290}, {8, 3, 3, 3}, {1, 1, 1, 1}},
                           Case{{1, 2, 20, 700}, {1, 2, 1, 1}, {0, 0, 0, 0}},
                           Case{{2, 6, 70, 333}, {4, 3, 5, 4}, {2, 20, 3, 1}, {1, 1}, 2},
                           Case{{1, 1, 41, 1030}, {1, 1, 11, 9}, {5, 4, 5, 4}},
                           Case{{1, 1, 37, 1024}, {1, 1, 7, 7}, {3, 3, 3, 3}},
                           Case{{1, 1, 300, 900}, {1, 1, 7, 7}, {0, 0, 0, 0}},
                           Case{{1, 1, 400, 1000}, {1, 1, 3, 3}, {2, 0, 0, 2}}}) {
    for (const PaddingMode mode : {PaddingMode::kZeros, PaddingMode::kReflect}) {
      Conv2dOptions o;
      o.padding = size.padding;
      o.padding_mode = mode;
      o.dilation = size.dilation;
      o.groups = size.groups;
      const Tensor large = random_tensor(size.input, 1);
      const Tensor small = random_tensor(conv2d_output_shape(size.input, size.weight, o), 2);
      const Tensor expected = reference::conv2d_grad_weight(large, small, size.weight, o);
      for_each_target([&](const char* target) {
        Conv2dWorkspace workspace;
        Tensor grad(size.weight, 1e30f);
        ASSERT_TRUE(
            correlate_grad_weight(large, small, o, grad, workspace, {}, GradWeightPath::kFast));
        EXPECT_LE(difference(grad, expected), 1e-5) << to_string(size.input) << " on " << target;
      });
    }
  }
}

// An infinity beside the padding does not meet its zeros.
TEST(GradWeightPaths, KeepAnInfinityToTheWeightsThatMeetIt) {
  constexpr float kInf = std::numeric_limits<float>::infinity();
  for (const Index k : {3, 7}) {
    Tensor large = random_tensor({1, 1, 40, 300}, 1);
    Conv2dOptions o;
    o.padding = same_padding({k, k}, {1, 1});
    Tensor small = random_tensor({1, 1, 40, 300}, 2);
    small.at(0, 0) = kInf;     // met by the middle weight and those right of and below it
    large.at(39, 150) = kInf;  // by those of the middle row and below
    const Tensor expected = reference::conv2d_grad_weight(large, small, {1, 1, k, k}, o);
    EXPECT_TRUE(std::isfinite(expected.at(0, 0)));
    Conv2dWorkspace workspace;
    Tensor grad(Shape{1, 1, k, k});
    ASSERT_TRUE(correlate_grad_weight(large, small, o, grad, workspace, {}, GradWeightPath::kFast));
    for (Index i = 0; i < grad.numel(); ++i) {
      EXPECT_EQ(std::isfinite(grad.data()[i]), std::isfinite(expected.data()[i])) << i;
      EXPECT_EQ(std::isnan(grad.data()[i]), std::isnan(expected.data()[i])) << i;
    }
  }
}

void expect_grad_weight(const ConvCase& c) {
  const Tensor large = random_tensor(c.input, c.seed);
  const Tensor small = random_tensor(conv2d_output_shape(c.input, c.weight, c.options), c.seed + 1);
  const Tensor expected = reference::conv2d_grad_weight(large, small, c.weight, c.options);
  for (const GradWeightPath path : {GradWeightPath::kPlain, GradWeightPath::kFast}) {
    for_each_target([&](const char* target) {
      Conv2dWorkspace workspace;
      Tensor grad(c.weight, 1e30f);
      RC_ASSERT(correlate_grad_weight(large, small, c.options, grad, workspace, {}, path));
      const double error = difference(grad, expected);
      if (!(error <= 1e-5)) RC_LOG() << c << " on " << target << ": " << error << '\n';
      RC_ASSERT(error <= 1e-5);
    });
  }
}

RC_GTEST_PROP(GradWeightPaths, AreTheReference, ()) {
  expect_grad_weight(draw_case({.size = 60, .kernel = 8, .channels = 6, .strides = true}));
}

RC_GTEST_PROP(GradWeightPaths, AreTheReferenceWithStride1, ()) {
  expect_grad_weight(draw_case({.size = 90, .kernel = 11, .channels = 3, .dilations = false}));
}

}  // namespace
}  // namespace convscope::engine
