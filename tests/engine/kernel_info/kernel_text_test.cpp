// The sentences about known kernels.
#include "engine/kernel_info/kernel_text.h"

#include "engine/kernel_info/kernels.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

std::string separability(const char* preset, Yx size) {
  return separability_text(kernel_svd(make_kernel(preset, size, 1)));
}

std::string frequencies(const Tensor& kernel) {
  return frequency_text(summarize_frequencies(kernel));
}

TEST(KernelText, SobelIsADifference) {
  EXPECT_THAT(kernel_sentences(kernel_facts(make_kernel("sobel-x", {3, 3}, 0))),
              testing::ElementsAre("Constant areas give 0: only differences between cells remain.",
                                   "Convolution with it is the negative of cross-correlation.",
                                   "No output exceeds 8 times the largest |input|.",
                                   "Independent noise is multiplied by 3.464."));
}

TEST(KernelText, SumsAreToldApart) {
  const auto first = [](const Tensor& kernel) {
    return kernel_sentences(kernel_facts(kernel)).front();
  };
  EXPECT_EQ(first(make_kernel("box", {3, 3}, 0)), "Each output is a weighted mean of its window.");
  EXPECT_EQ(first(make_kernel("sharpen", {3, 3}, 0)), "Constant areas keep their value.");
  EXPECT_EQ(first(make_kernel("0 1 2 3", {2, 2}, 0)), "Constant areas are multiplied by 6.");
  EXPECT_EQ(first(Tensor(Shape{1, 1, 2, 2})), "All weights are 0, and so is every output.");
}

TEST(KernelText, TheSavingIsCounted) {
  EXPECT_EQ(separability("gaussian", {7, 7}),
            "Rank 1: separable. 7 + 7 = 14 instead of 49 multiplications a cell.");
  EXPECT_EQ(separability("box", {2, 2}),
            "Rank 1: separable. 2 + 2 = 4 instead of 4 multiplications a cell: nothing is saved.");
  EXPECT_EQ(separability("laplacian", {3, 3}),
            "Rank 2 of 3: not separable. The first product has 99.5 % of the norm. 2·(3 + 3) = 12 "
            "instead of 9 multiplications a cell: nothing is saved.");
  EXPECT_EQ(separability("edge [1, -1]", {1, 2}),
            "Rank 1: a single row is one-dimensional already.");
  EXPECT_EQ(separability("identity", {1, 1}), "A single weight: there is nothing to separate.");
  EXPECT_EQ(separability_text(kernel_svd(Tensor(Shape{1, 1, 2, 2}))), "Rank 0: all weights are 0.");
}

TEST(KernelText, FrequenciesHaveOneSentence) {
  EXPECT_EQ(
      frequencies(make_kernel("box", {3, 3}, 0)),
      "Low frequencies pass best: by 1 at 0. The highest, fy 0.5 and fx 0.5, pass by 0.1111.");
  EXPECT_EQ(frequencies(make_kernel("box", {4, 4}, 0)),
            "Low frequencies pass best: by 1 at 0. The highest, fy 0.5 and fx 0.5, do not pass.");
  EXPECT_EQ(frequencies(make_kernel("sobel-x", {3, 3}, 0)),
            "A band passes best: by 8 at fy 0, fx 0.25. Constant areas do not pass.");
  EXPECT_EQ(frequencies(make_kernel("sharpen", {3, 3}, 0)),
            "High frequencies pass best: by 9 at fy 0.5, fx 0.5. Constant areas pass by 1.");
  EXPECT_EQ(frequencies(make_kernel("identity", {3, 3}, 0)), "All frequencies pass alike, by 1.");
  EXPECT_EQ(frequency_text(summarize_frequencies(make_kernel("box", {3, 3}, 0), {2, 2})),
            "Frequency 0 passes best: by 1. The dilation repeats the pattern.");
  EXPECT_EQ(frequency_text(summarize_frequencies(make_kernel("sobel-x", {3, 3}, 0), {2, 2})),
            "A band passes best: by 8 at fy 0, fx 0.125. Constant areas do not pass. The dilation "
            "repeats the pattern.");
  EXPECT_EQ(frequencies(Tensor(Shape{1, 1, 2, 2})), "No frequency passes.");
}

TEST(KernelText, ARowOfTheMatrixIsCounted) {
  const Tensor edge = Tensor::from_rows({{1, -1}});
  EXPECT_EQ(matrix_row_text(matrix_row({1, 1, 6, 8}, edge, {}, 0, {2, 1})),
            "row 15 of the 42 × 48 matrix; 2 of its 48 numbers are not 0");
  Conv2dOptions options;
  options.padding = {0, 1, 0, 0};
  EXPECT_EQ(matrix_row_text(matrix_row({1, 1, 6, 8}, edge, options, 0, {0, 0})),
            "row 0 of the 48 × 48 matrix; 1 of its 48 numbers is not 0");
  options.padding_mode = PaddingMode::kReplicate;
  EXPECT_EQ(matrix_row_text(matrix_row({1, 1, 6, 8}, edge, options, 0, {0, 0})),
            "row 0 of the 48 × 48 matrix; all of its 48 numbers are 0")
      << "1 − 1 in the one cell that stands under both weights";
  EXPECT_EQ(
      matrix_row_text(matrix_row({1, 1, 6, 8}, Tensor::from_rows({{1, 2}}), options, 0, {0, 0})),
      "row 0 of the 48 × 48 matrix; 1 of its 48 numbers is not 0, 1 adds up several "
      "weights (the padding repeats cells)");
}

}  // namespace
}  // namespace convscope::engine
