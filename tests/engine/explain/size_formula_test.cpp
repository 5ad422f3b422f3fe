#include "engine/explain/size_formula.h"

// RapidCheck uses GoogleTest without including it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

TEST(SizeFormula, HasItsNumbersPutIn) {
  EXPECT_EQ(size_formula(3, 1, 1, 2, 2, 1), "⌊(3 + 2·1 − 2)/2⌋ + 1 = 2");
  EXPECT_EQ(size_formula(8, 0, 0, 2, 1, 1), "⌊(8 + 2·0 − 2)/1⌋ + 1 = 7");
}

TEST(SizeFormula, WritesUnevenPaddingAndDilationOut) {
  EXPECT_EQ(size_formula(8, 1, 2, 3, 1, 2), "⌊(8 + 1 + 2 − 2·(3 − 1) − 1)/1⌋ + 1 = 7");
}

TEST(SizeFormula, GoesBelowOneWhereThereIsNoOutput) {
  EXPECT_EQ(size_formula(1, 0, 0, 4, 1, 1), "⌊(1 + 2·0 − 4)/1⌋ + 1 = −2");
  EXPECT_EQ(size_formula(1, 0, 0, 4, 2, 1), "⌊(1 + 2·0 − 4)/2⌋ + 1 = −1");  // ⌊−3/2⌋ = −2
  EXPECT_EQ(size_formula(1, 0, 0, 2, 2, 1), "⌊(1 + 2·0 − 2)/2⌋ + 1 = 0");   // ⌊−1/2⌋ = −1
}

TEST(SizeFormula, OfTransposedConvolution) {
  EXPECT_EQ(transposed_size_formula(3, 1, 1, 2, 2, 1, 0), "(3 − 1)·2 − 2·1 + 2 + 0 = 4");
  EXPECT_EQ(transposed_size_formula(3, 0, 1, 3, 2, 2, 1),
            "(3 − 1)·2 − 0 − 1 + 2·(3 − 1) + 1 + 1 = 9");
}

TEST(SizeFormula, OfPooling) {
  EXPECT_EQ(pool_size_formula(7, 0, 0, 2, 2, 1, false), "⌊(7 + 2·0 − 2)/2⌋ + 1 = 3");
  EXPECT_EQ(pool_size_formula(7, 0, 0, 2, 2, 1, true), "⌈(7 + 2·0 − 2)/2⌉ + 1 = 4");
  EXPECT_EQ(pool_size_formula(3, 0, 0, 2, 3, 1, true),
            "⌈(3 + 2·0 − 2)/3⌉ + 1 = 2, 1 without the window in the padding");
  EXPECT_EQ(pool_size_formula(7, 0, 1, 2, 2, 1, false), "⌊(7 + 0 + 1 − 2)/2⌋ + 1 = 4");
  EXPECT_EQ(pool_size_formula(6, 0, 2, 4, 3, 1, true),
            "⌈(6 + 0 + 2 − 4)/3⌉ + 1 = 3, 2 without the window in the padding");
}

// The number after the last "= " or ", " is the size that the engine makes.
Index size_in(const std::string& formula) {
  const std::size_t comma = formula.rfind(", ");
  return std::stol(
      formula.substr(comma == std::string::npos ? formula.rfind("= ") + 2 : comma + 2));
}

RC_GTEST_PROP(SizeFormulaProperty, EndsInTheSizeThatConv2dMakes, ()) {
  const ConvCase c = arbitrary_case();
  const Conv2dOptions& o = c.options;
  const Shape out = conv2d_output_shape(c.input, c.weight, o);
  const std::string formula =
      o.transposed ? transposed_size_formula(c.input.h, o.padding.top, o.padding.bottom, c.weight.h,
                                             o.stride.y, o.dilation.y, o.output_padding.y)
                   : size_formula(c.input.h, o.padding.top, o.padding.bottom, c.weight.h,
                                  o.stride.y, o.dilation.y);
  RC_ASSERT(size_in(formula) == out.h);
}

RC_GTEST_PROP(SizeFormulaProperty, EndsInTheSizeThatPool2dMakes, ()) {
  const PoolCase c = arbitrary_pool_case();
  const Pool2dOptions& o = c.options;
  RC_ASSERT(size_in(pool_size_formula(c.input.w, o.padding.left, o.padding.right, o.kernel.x,
                                      o.stride.x, o.dilation.x, o.ceil_mode)) ==
            pool2d_output_shape(c.input, o).w);
}

TEST(Uncovered, CountsTheRemainder) {
  Conv2dOptions o;
  o.stride = {2, 3};
  EXPECT_EQ(uncovered({1, 1, 6, 8}, {3, 3}, o), (Yx{1, 2}));
  o.padding = {0, 0, 1, 1};
  EXPECT_EQ(uncovered({1, 1, 6, 8}, {3, 3}, o), (Yx{0, 0}));
}

TEST(Uncovered, IsNothingWithoutAnOutput) {
  Conv2dOptions o;
  o.stride = {2, 2};
  EXPECT_EQ(uncovered({1, 1, 2, 8}, {3, 3}, o), (Yx{0, 0}));
}

TEST(Uncovered, IsSaidInASentence) {
  EXPECT_EQ(uncovered_text({0, 0}), "");
  EXPECT_EQ(uncovered_text({1, 0}), "The last row of the padded input is under no window.");
  EXPECT_EQ(uncovered_text({0, 3}), "The last 3 columns of the padded input are under no window.");
  EXPECT_EQ(uncovered_text({1, 2}),
            "The last row and the last 2 columns of the padded input are under no window.");
}

TEST(SkippedPositions, AreTheGapsAndTheRemainder) {
  // Stride 3, kernel 2, padding 1 in front: windows over -1 0, 2 3, 5 6; 7 is left over.
  EXPECT_THAT(skipped_positions(8, 1, 0, 2, 3, 1), testing::ElementsAre(1, 4, 7));
  EXPECT_THAT(skipped_positions(5, 0, 0, 3, 1, 2), testing::ElementsAre(1, 3));
  EXPECT_THAT(skipped_positions(5, 1, 1, 3, 1, 1), testing::ElementsAre());
}

}  // namespace
}  // namespace convscope::engine
