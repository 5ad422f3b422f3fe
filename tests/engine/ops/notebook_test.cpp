// The numbers printed in the lesson notebook, one test each.
#include <gtest/gtest.h>

#include "engine/core/patterns.h"
#include "engine/explain/layer_count.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/conv2d_reference.h"
#include "engine/ops/loss.h"
#include "engine/ops/pool2d.h"

namespace convscope::engine {
namespace {

Tensor counting() {
  return Tensor::from_rows({{0, 1, 2}, {3, 4, 5}, {6, 7, 8}});
}

Tensor square_kernel() {
  return Tensor::from_rows({{0, 1}, {2, 3}});
}

Tensor edge_image() {
  return make_pattern("edge", {6, 8}, 0);
}

Tensor edge_kernel() {
  return Tensor::from_rows({{1, -1}});
}

// The notebook calls functions of which the engine has two: both must print its numbers.
void expect_conv(const Tensor& input, const Tensor& weight, const Conv2dOptions& options,
                 const Tensor& expected) {
  EXPECT_EQ(conv2d(input, weight, {}, options), expected);
  EXPECT_EQ(reference::conv2d(input, weight, {}, options), expected);
}

Conv2dOptions padded(Index py, Index px) {
  Conv2dOptions options;
  options.padding = {py, px, py, px};
  return options;
}

TEST(Notebook, Corr2dOf3x3With2x2) {
  expect_conv(counting(), square_kernel(), {}, Tensor::from_rows({{19, 25}, {37, 43}}));
}

TEST(Notebook, EdgeImageIsZeroInColumnsTwoToFive) {
  Tensor expected(Shape{1, 1, 6, 8}, 1.0f);
  for (Index y = 0; y < 6; ++y) {
    for (Index x = 2; x < 6; ++x)
      expected.at(y, x) = 0.0f;
  }
  EXPECT_EQ(edge_image(), expected);
}

TEST(Notebook, EdgeImageThroughEdgeKernel) {
  const Tensor expected = Tensor::from_rows({{0, 1, 0, 0, 0, -1, 0},
                                             {0, 1, 0, 0, 0, -1, 0},
                                             {0, 1, 0, 0, 0, -1, 0},
                                             {0, 1, 0, 0, 0, -1, 0},
                                             {0, 1, 0, 0, 0, -1, 0},
                                             {0, 1, 0, 0, 0, -1, 0}});
  expect_conv(edge_image(), edge_kernel(), {}, expected);
}

TEST(Notebook, EdgeImageTransposedIsAllZeros) {
  expect_conv(transposed(edge_image()), edge_kernel(), {}, Tensor(Shape{1, 1, 8, 5}, 0.0f));
}

TEST(Notebook, Padding1) {
  expect_conv(counting(), square_kernel(), padded(1, 1),
              Tensor::from_rows({{0, 3, 8, 4}, {9, 19, 25, 10}, {21, 37, 43, 16}, {6, 7, 8, 0}}));
}

TEST(Notebook, Padding1Stride2) {
  Conv2dOptions options = padded(1, 1);
  options.stride = {2, 2};
  expect_conv(counting(), square_kernel(), options, Tensor::from_rows({{0, 8}, {21, 43}}));
}

TEST(Notebook, Kernel5x3Padding2And1Keeps8x8) {
  const Tensor output = conv2d(Tensor({1, 1, 8, 8}, 1.0f), Tensor({1, 1, 5, 3}), {}, padded(2, 1));
  EXPECT_EQ(output.shape(), (Shape{1, 1, 8, 8}));
}

TEST(Notebook, Kernel3Padding1Keeps8x8) {
  const Tensor output = conv2d(Tensor({1, 1, 8, 8}, 1.0f), Tensor({1, 1, 3, 3}), {}, padded(1, 1));
  EXPECT_EQ(output.shape(), (Shape{1, 1, 8, 8}));
}

TEST(Notebook, Kernel3WithoutPaddingGives6x6) {
  const Tensor output = conv2d(Tensor({1, 1, 8, 8}, 1.0f), Tensor({1, 1, 3, 3}));
  EXPECT_EQ(output.shape(), (Shape{1, 1, 6, 6}));
}

TEST(Notebook, BatchOf32ThroughLayer3To7) {
  const Tensor x(Shape{32, 3, 128, 128}, 1.0f);
  const Tensor weight(Shape{7, 3, 5, 5}, 0.5f);
  const std::vector<float> bias(7, 1.0f);
  const Tensor y = conv2d(x, weight, bias);
  EXPECT_EQ(y.shape(), (Shape{32, 7, 124, 124}));
  EXPECT_EQ(y.at(31, 6, 123, 123), 3.0f * 25.0f * 0.5f + 1.0f);
}

TEST(Notebook, BatchOf32WithPadding2ThenPooledTo64x64) {
  const Tensor x(Shape{32, 3, 128, 128}, 1.0f);
  const Tensor weight(Shape{7, 3, 5, 5}, 0.5f);
  const Tensor y = conv2d(x, weight, {}, padded(2, 2));
  EXPECT_EQ(y.shape(), (Shape{32, 7, 128, 128}));
  const Tensor z = pool2d(y, {}).output;
  EXPECT_EQ(z.shape(), (Shape{32, 7, 64, 64}));
  EXPECT_EQ(z.at(0, 0, 0, 0), 3.0f * 16.0f * 0.5f);  // the cell at (1, 1) sees 4x4 of the 5x5
}

TEST(Notebook, LinearLayer100To30HasParameters3030) {
  EXPECT_EQ(linear_parameters(100, 30).weight, 30 * 100);
  EXPECT_EQ(linear_parameters(100, 30).bias, 30);
  EXPECT_EQ(linear_parameters(100, 30).total(), 3030);
}

TEST(Notebook, ConvLayer3To7Kernel5HasParameters532) {
  const Shape filters{7, 3, 5, 5};
  EXPECT_EQ(conv2d_parameters(filters).weight, 7 * 3 * 5 * 5);
  EXPECT_EQ(conv2d_parameters(filters).bias, 7);
  EXPECT_EQ(conv2d_parameters(filters).total(), 532);
}

TEST(Notebook, PoolingHasNoParameters) {
  EXPECT_EQ(pool2d_parameters().total(), 0);
}

// The notebook's loop as it stands there, from the weights that its run started with.
TEST(Notebook, TrainingRunToThePrintedDigit) {
  const Tensor x = edge_image();
  const Tensor y = conv2d(x, edge_kernel());
  Tensor weight = Tensor::from_rows({{0.4115794f, -0.4240040f}});
  const float rate = 3e-2f;
  std::vector<double> printed;
  for (int i = 0; i < 10; ++i) {
    const Tensor prediction = conv2d(x, weight);
    const double loss = squared_error(prediction, y, Reduction::kSum);
    Tensor grad_output;
    squared_error_grad(prediction, y, Reduction::kSum, grad_output);
    const Tensor grad = conv2d_grad_weight(x, grad_output, weight.shape());
    for (Index k = 0; k < weight.numel(); ++k)
      weight.data()[k] -= rate * grad.data()[k];
    if ((i + 1) % 2 == 0) printed.push_back(loss);
  }
  const std::vector<double> expected{1.667570, 0.280130, 0.047145, 0.007970, 0.001362};
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(printed[i], expected[i], 0.5e-6) << "epoch " << 2 * (i + 1);
  EXPECT_NEAR(weight.at(0, 0), 0.9926, 0.5e-4);
  EXPECT_NEAR(weight.at(0, 1), -0.9940, 0.5e-4);
}

}  // namespace
}  // namespace convscope::engine
