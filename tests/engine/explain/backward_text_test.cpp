#include "engine/explain/backward_text.h"

#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

BackwardTerm term(float gradient, float w) {
  return {0, {0, 0}, {}, gradient, w};
}

TEST(BackwardFormula, WritesGradientTimesWeight) {
  EXPECT_EQ(backward_formula({2, 2, 0.0, {term(0.5f, -1), term(0.25f, 2)}}),
            "0.5·(−1) + 0.25·2 = 0");
  EXPECT_EQ(backward_formula({2, 2, 3.0, {term(-2, -1), term(-0.5f, -2)}}),
            "−2·(−1) + (−0.5)·(−2) = 3");
}

TEST(BackwardFormula, AddsUpTheOthers) {
  const BackwardSum sum{9, 4, -0.75, {term(-1, 2), term(1, 1)}};
  EXPECT_EQ(backward_formula(sum), "−1·2 + 1·1 + 0.25 (the other 2 terms) = −0.75");
  EXPECT_EQ(backward_formula(sum, 1), "−1·2 + 1.25 (the other 3 terms) = −0.75");
  EXPECT_EQ(backward_formula({3, 3, -3.5, {term(-1, 2), term(-1, 1)}}),
            "−1·2 + (−1)·1 − 0.5 (the other term) = −3.5");
}

TEST(BackwardFormula, SaysWhyItIsZero) {
  EXPECT_EQ(backward_formula({}), "0, as no output sums it");
  EXPECT_EQ(backward_formula({4, 0, 0.0, {}}), "4 terms that are 0 = 0");
  EXPECT_EQ(backward_formula({1, 0, 0.0, {}}), "1 term that is 0 = 0");
}

TEST(GradientFormula, WithoutALossHasNoFactor) {
  GradientSum sum;
  sum.count = 4;
  EXPECT_EQ(gradient_formula(sum), "4 terms that are 0 = 0");
  sum.nonzero = 2;
  sum.products = 0.3;
  sum.largest = {{0, 0, 0, {0, 0}, {0, 0}, 0.5f, 1.0f}};
  EXPECT_EQ(gradient_formula(sum), "0.5·1 − 0.2 (the other term) = 0.3");
}

// The factor 2/2 is 1, but it is still that of a mean.
TEST(GradientFormula, OfAMeanOfTwoKeepsItsFactor) {
  GradientSum sum;
  sum.outputs = 2;
  sum.count = sum.nonzero = 1;
  sum.products = 0.5;
  sum.largest = {{0, 0, 0, {0, 0}, {0, 0}, 0.5f, 1.0f}};
  EXPECT_EQ(gradient_formula(sum), "2/2·(0.5·1) = 0.5");
}

TEST(PoolBackwardFormula, OfAWinnerAddsItsWindows) {
  PoolBackwardSum sum{PoolKind::kMax, 4, 2, 2, 0, 0.75, {{{0, 0}, 0.5f}, {{0, 1}, 0.25f}}};
  EXPECT_EQ(pool_backward_formula(sum), "0.5 + 0.25 = 0.75");
  EXPECT_EQ(pool_backward_outputs(sum), "(0, 0) and (0, 1)");
  EXPECT_EQ(pool_backward_formula(sum, 1), "0.5 + 0.25 (the other term) = 0.75");
  EXPECT_EQ(pool_backward_outputs(sum, 1), "(0, 0) and 1 other");
  sum.largest.pop_back();
  sum.total = 0.5;
  sum.count = sum.nonzero = 1;
  EXPECT_EQ(pool_backward_formula(sum), "0.5");
  EXPECT_EQ(pool_backward_outputs(sum), "(0, 0)");
}

TEST(PoolBackwardFormula, OfAnAverageDivides) {
  const PoolBackwardSum sum{
      PoolKind::kAverage, 3, 3, 3, 0, 0.125, {{{0, 0}, 1, 4}, {{0, 1}, -1, 4}, {{1, 0}, 0.5f, 4}}};
  EXPECT_EQ(pool_backward_formula(sum), "1/4 − 1/4 + 0.5/4 = 0.125");
  EXPECT_EQ(pool_backward_outputs(sum), "(0, 0), (0, 1) and (1, 0)");
}

TEST(PoolBackwardFormula, SaysWhyNothingComes) {
  EXPECT_EQ(pool_backward_formula({PoolKind::kMax, 2, 0, 0, 0, 0.0, {}}),
            "0, as it is not the largest of any window");
  EXPECT_EQ(pool_backward_formula({PoolKind::kMax, 2, 0, 0, 1, 0.0, {}}),
            "0, as an equal cell before it won");
  EXPECT_EQ(pool_backward_formula({PoolKind::kMax, 0, 0, 0, 0, 0.0, {}}),
            "0, as no window covers it");
  EXPECT_EQ(pool_backward_formula({PoolKind::kMax, 2, 2, 0, 0, 0.0, {}}), "2 terms that are 0 = 0");
  EXPECT_EQ(pool_backward_outputs({}), "");
}

TEST(ReluBackwardText, SaysWhatPasses) {
  EXPECT_EQ(relu_backward_text({-0.4f, 3, false}), "0, as Y was −0.4");
  EXPECT_EQ(relu_backward_text({2, 0.5f, true}, "Y1"), "0.5 passes, as Y1 was 2");
}

}  // namespace
}  // namespace convscope::engine
