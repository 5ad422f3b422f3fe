// conv2d and its gradients against the plain reference, and what they refuse.

#include "engine/ops/conv2d_reference.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"
#include "tests/error_text.h"

namespace convscope::engine {
namespace {

std::vector<float> bias_for(const Shape& output) {
  const Tensor values = random_tensor({1, 1, 1, output.c}, 9);
  return {values.values().begin(), values.values().end()};
}

// Largest difference of the four results from the reference's.
double difference_from_reference(const ConvCase& c) {
  const Tensor input = random_tensor(c.input, 1);
  const Tensor weight = random_tensor(c.weight, 2);
  const Shape shape = conv2d_output_shape(c.input, c.weight, c.options);
  const std::vector<float> bias = bias_for(shape);
  const Tensor grad = random_tensor(shape, 3);
  const std::vector<float> grad_bias = conv2d_grad_bias(grad);
  const std::vector<float> grad_bias_reference = reference::conv2d_grad_bias(grad);
  const Shape row{1, 1, 1, shape.c};
  return std::max({
      difference_of_units(conv2d(input, weight, bias, c.options),
                          reference::conv2d(input, weight, bias, c.options)),
      difference_of_units(conv2d_grad_input(grad, weight, c.input, c.options),
                          reference::conv2d_grad_input(grad, weight, c.input, c.options)),
      difference_of_units(conv2d_grad_weight(input, grad, c.weight, c.options),
                          reference::conv2d_grad_weight(input, grad, c.weight, c.options)),
      difference_of_units(Tensor(row, grad_bias), Tensor(row, grad_bias_reference)),
  });
}

struct NamedCase {
  const char* name;
  ConvCase conv;
};

void PrintTo(const NamedCase& c, std::ostream* os) {
  *os << c.name;
}

Conv2dOptions with(Yx stride, Padding padding, Yx dilation = {1, 1}, Index groups = 1) {
  return {stride, padding, PaddingMode::kZeros, dilation, groups, false, {}};
}

class AwkwardConv2d : public testing::TestWithParam<NamedCase> {};

TEST_P(AwkwardConv2d, EqualsTheReference) {
  EXPECT_LT(difference_from_reference(GetParam().conv), 1e-5);
}

INSTANTIATE_TEST_SUITE_P(
    Sizes, AwkwardConv2d,
    testing::Values(
        NamedCase{"OneCell", {{1, 1, 1, 1}, {1, 1, 1, 1}, {}}},
        NamedCase{"OneCellPadded", {{1, 1, 1, 1}, {1, 1, 3, 3}, with({1, 1}, {1, 1, 1, 1})}},
        NamedCase{"OneCellInPaddingOnly", {{1, 1, 1, 1}, {1, 1, 1, 1}, with({5, 5}, {2, 3, 4, 4})}},
        NamedCase{"KernelLargerThanInput",
                  {{1, 1, 2, 3}, {1, 1, 5, 7}, with({1, 1}, {2, 2, 2, 2})}},
        NamedCase{"StrideLargerThanKernel", {{1, 1, 9, 9}, {1, 1, 2, 2}, with({3, 4}, {})}},
        NamedCase{"StrideLargerThanInput",
                  {{1, 1, 4, 5}, {1, 1, 2, 2}, with({90, 90}, {1, 1, 1, 1})}},
        NamedCase{"EvenKernelUnevenPadding",
                  {{1, 1, 7, 6}, {1, 1, 4, 2}, with({1, 1}, {2, 1, 1, 0})}},
        NamedCase{"OneRow", {{1, 1, 1, 40}, {1, 1, 1, 5}, with({1, 2}, {0, 2, 0, 2})}},
        NamedCase{"OneColumn", {{1, 1, 40, 1}, {1, 1, 5, 1}, with({2, 1}, {2, 0, 2, 0})}},
        NamedCase{"OneOutputCell", {{1, 3, 6, 7}, {4, 3, 6, 7}, {}}},
        NamedCase{"Dilated", {{1, 1, 12, 13}, {1, 1, 3, 3}, with({1, 1}, {2, 2, 2, 2}, {2, 3})}},
        NamedCase{"Grouped", {{2, 4, 6, 5}, {6, 2, 3, 2}, with({2, 1}, {1, 1, 1, 1}, {1, 2}, 2)}},
        NamedCase{"Depthwise",
                  {{3, 3, 9, 17}, {3, 1, 3, 3}, with({1, 1}, {1, 1, 1, 1}, {1, 1}, 3)}},
        NamedCase{"LargestKernel",
                  {{1, 1, 40, 41}, {1, 1, 31, 31}, with({1, 1}, {15, 15, 15, 15})}},
        NamedCase{"WideRows", {{1, 1, 3, 1030}, {1, 1, 3, 3}, with({1, 1}, {1, 1, 1, 1})}},
        NamedCase{"NotebooksLayer", {{2, 3, 20, 33}, {7, 3, 5, 5}, with({1, 1}, {2, 2, 2, 2})}}),
    [](const auto& test) { return test.param.name; });

RC_GTEST_PROP(Conv2dProperty, EqualsTheReferenceForAnyOptions, ()) {
  const ConvCase c = arbitrary_case();
  RC_LOG() << to_string(c.input) << ' ' << to_string(c.weight) << ' ' << c.options;
  RC_ASSERT(difference_from_reference(c) < 1e-5);
}

TEST(Conv2d, PadsAsItsModeSays) {
  const Tensor input = Tensor::from_rows({{1, 2, 3}});
  const auto padded = [&](PaddingMode mode) {
    Conv2dOptions options;
    options.padding = {0, 2, 0, 2};
    options.padding_mode = mode;
    return conv2d(input, Tensor::from_rows({{1}}), {}, options);
  };
  EXPECT_EQ(padded(PaddingMode::kZeros), Tensor::from_rows({{0, 0, 1, 2, 3, 0, 0}}));
  EXPECT_EQ(padded(PaddingMode::kReflect), Tensor::from_rows({{3, 2, 1, 2, 3, 2, 1}}));
  EXPECT_EQ(padded(PaddingMode::kReplicate), Tensor::from_rows({{1, 1, 1, 2, 3, 3, 3}}));
  EXPECT_EQ(padded(PaddingMode::kCircular), Tensor::from_rows({{2, 3, 1, 2, 3, 1, 2}}));
}

TEST(Conv2d, TransposedSpreadsAValueThroughTheKernel) {
  Conv2dOptions options;
  options.transposed = true;
  options.stride = {1, 2};
  EXPECT_EQ(conv2d(Tensor::from_rows({{1, 10}}), Tensor::from_rows({{1, 2, 3}}), {}, options),
            Tensor::from_rows({{1, 2, 13, 20, 30}}));
}

TEST(Conv2d, SamePaddingKeepsTheSizeForEvenKernelsToo) {
  for (Index k = 1; k <= 8; ++k) {
    const Padding p = same_padding({k, k + 1}, {2, 1});
    EXPECT_EQ(conv_output_size(9, p.top, p.bottom, k, 1, 2), 9);
    EXPECT_EQ(conv_output_size(9, p.left, p.right, k + 1, 1, 1), 9);
    EXPECT_GE(p.bottom, p.top);  // PyTorch puts the odd cell at the end
    EXPECT_GE(p.right, p.left);
  }
}

TEST(Conv2d, OutputKeepsItsAllocation) {
  const Tensor input = random_tensor({1, 1, 8, 8}, 1);
  const Tensor weight = random_tensor({1, 1, 3, 3}, 2);
  Tensor output(Shape{1, 1, 8, 8});
  const float* before = output.data();
  ASSERT_TRUE(conv2d_into(input, weight, {}, {}, output));
  EXPECT_EQ(output.data(), before);
  EXPECT_EQ(output.shape(), (Shape{1, 1, 6, 6}));
  EXPECT_LT(difference(output, reference::conv2d(input, weight)), 1e-5);
}

TEST(Conv2d, StopsWhenAskedTo) {
  std::stop_source source;
  source.request_stop();
  Tensor output;
  const Tensor input(Shape{1, 1, 64, 64});
  const Tensor weight(Shape{1, 1, 3, 3});
  EXPECT_FALSE(conv2d_into(input, weight, {}, {}, output, source.get_token()));
  Conv2dOptions transposed;
  transposed.transposed = true;
  EXPECT_FALSE(conv2d_into(input, weight, {}, transposed, output, source.get_token()));
}

std::string refusal(const Shape& input, const Shape& weight, const Conv2dOptions& options = {}) {
  return error_text([&] { static_cast<void>(conv2d_output_shape(input, weight, options)); });
}

TEST(Conv2dRefuses, ChannelsThatDontFit) {
  EXPECT_EQ(refusal({32, 3, 128, 128}, {7, 4, 5, 5}),
            "weight [7, 4, 5, 5] does not fit input [32, 3, 128, 128] with groups 1: it must have "
            "3 channels");
  EXPECT_EQ(refusal({1, 3, 8, 8}, {2, 1, 3, 3}, with({1, 1}, {}, {1, 1}, 2)),
            "input [1, 3, 8, 8] does not divide into groups 2: its 3 channels must be a multiple "
            "of 2");
  EXPECT_EQ(refusal({1, 4, 8, 8}, {3, 2, 3, 3}, with({1, 1}, {}, {1, 1}, 2)),
            "weight [3, 2, 3, 3] does not divide into groups 2: its 3 output channels must be a "
            "multiple of 2");
}

TEST(Conv2dRefuses, KernelLargerThanThePaddedInput) {
  EXPECT_EQ(refusal({1, 1, 3, 3}, {1, 1, 3, 2}, with({1, 1}, {0, 1, 1, 0}, {2, 2})),
            "weight [1, 1, 3, 2] does not fit into input [1, 1, 3, 3]: it covers 5 × 3 cells, and "
            "the padded input has 4 × 4");
}

TEST(Conv2dRefuses, OptionsOutOfRange) {
  const Shape input{1, 1, 4, 4};
  const Shape weight{1, 1, 2, 2};
  EXPECT_EQ(refusal(input, weight, with({0, 1}, {})), "stride (0, 1) must be at least 1");
  EXPECT_EQ(refusal(input, weight, with({1, 1}, {}, {1, -2})),
            "dilation (1, -2) must be at least 1");
  EXPECT_EQ(refusal(input, weight, with({1, 1}, {0, 0, -1, 0})),
            "padding (0, 0, -1, 0) must not be negative");
  EXPECT_EQ(refusal(input, weight, with({1, 1}, {}, {1, 1}, 0)), "groups 0 must be at least 1");
  EXPECT_EQ(refusal(input, weight, with({1, Index{1} << 40}, {})),
            "stride (1, 1099511627776) must be at most 16777216");
  EXPECT_EQ(refusal(input, weight, with({1, 1}, {1 << 22, 1 << 22, 0, 0})),
            "output [1, 1, 4194307, 4194307] would have more than 17179869184 values");
}

TEST(Conv2dRefuses, PaddingThatItsModeCannotFill) {
  Conv2dOptions options = with({1, 1}, {3, 0, 0, 1});
  options.padding_mode = PaddingMode::kReflect;
  EXPECT_EQ(refusal({1, 1, 3, 5}, {1, 1, 1, 1}, options),
            "reflect padding (3, 0, 0, 1) is too large for input [1, 1, 3, 5]: it must be at most "
            "2 at the top and bottom, 4 at the left and right");
  options.padding_mode = PaddingMode::kCircular;
  EXPECT_EQ(refusal({1, 1, 3, 5}, {1, 1, 1, 1}, options), "no error");
  options.padding.right = 6;
  EXPECT_THAT(refusal({1, 1, 3, 5}, {1, 1, 1, 1}, options),
              testing::StartsWith("circular padding (3, 0, 0, 6) is too large"));
}

TEST(Conv2dRefuses, EmptyTensors) {
  EXPECT_EQ(refusal({1, 1, 0, 4}, {1, 1, 1, 1}), "input [1, 1, 0, 4] has no values");
  EXPECT_EQ(refusal({1, 1, 4, 4}, {0, 1, 1, 1}), "weight [0, 1, 1, 1] has no values");
}

TEST(Conv2dRefuses, WhatTransposedConvolutionLacks) {
  Conv2dOptions options;
  options.output_padding = {1, 0};
  EXPECT_EQ(refusal({1, 1, 4, 4}, {1, 1, 2, 2}, options),
            "output padding (1, 0) is only for transposed convolution: it must be 0");
  options.transposed = true;
  EXPECT_EQ(
      refusal({1, 1, 4, 4}, {1, 1, 2, 2}, options),
      "output padding (1, 0) must be smaller than the stride or the dilation: at most (0, 0)");
  options.output_padding = {0, 0};
  EXPECT_EQ(refusal({1, 3, 4, 4}, {2, 3, 2, 2}, options),
            "weight [2, 3, 2, 2] does not fit input [1, 3, 4, 4] in transposed convolution: its "
            "first size must be 3");
  options.padding = {1, 1, 1, 1};
  EXPECT_EQ(refusal({1, 1, 1, 1}, {1, 1, 2, 2}, options),
            "padding (1, 1, 1, 1) leaves nothing of the output: input [1, 1, 1, 1] and weight [1, "
            "1, 2, 2] give only 2 × 2 cells before it is taken off");
  options.padding_mode = PaddingMode::kReflect;
  EXPECT_EQ(refusal({1, 1, 4, 4}, {1, 1, 2, 2}, options),
            "padding mode reflect is not for transposed convolution: it must be zeros");
}

TEST(Conv2dRefuses, BiasAndGradientsOfAnotherShape) {
  const Tensor input(Shape{1, 1, 4, 4});
  const Tensor weight(Shape{2, 1, 2, 2});
  const Tensor grad(Shape{1, 2, 3, 4});
  EXPECT_EQ(error_text([&] { conv2d(input, weight, std::vector<float>(3)); }),
            "bias has 3 values for output [1, 2, 3, 3]: it must have 2");
  const std::string expected =
      "output gradient [1, 2, 3, 4] does not fit input [1, 1, 4, 4] and weight [2, 1, 2, 2]: it "
      "must be [1, 2, 3, 3]";
  EXPECT_EQ(error_text([&] { conv2d_grad_input(grad, weight, input.shape()); }), expected);
  EXPECT_EQ(error_text([&] { conv2d_grad_weight(input, grad, weight.shape()); }), expected);
}

}  // namespace
}  // namespace convscope::engine
