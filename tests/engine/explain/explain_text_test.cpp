#include "engine/explain/explain_text.h"

#include <limits>

#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

const Tensor kEdge = Tensor::from_rows({{1, -1}});

TEST(SumFormula, HasItsNumbersPutIn) {
  EXPECT_EQ(sum_formula(explain_output(Tensor::from_rows({{1, 1}}), kEdge, {}, {}, 0, 0, {0, 0})),
            "1·1 + 1·(−1) = 0");
  EXPECT_EQ(sum_formula(explain_output(Tensor::from_rows({{-1, -2}}), kEdge, {}, {}, 0, 0, {0, 0})),
            "−1·1 + (−2)·(−1) = 1");
}

TEST(SumFormula, EndsWithTheBias) {
  const float plus[] = {0.5f};
  const float minus[] = {-0.5f};
  const Tensor input = Tensor::from_rows({{1, 1}});
  EXPECT_EQ(sum_formula(explain_output(input, kEdge, plus, {}, 0, 0, {0, 0})),
            "1·1 + 1·(−1) + 0.5 = 0.5");
  EXPECT_EQ(sum_formula(explain_output(input, kEdge, minus, {}, 0, 0, {0, 0})),
            "1·1 + 1·(−1) − 0.5 = −0.5");
}

TEST(SumFormula, OfALargeKernelStartsWithTheLargestTerms) {
  const Tensor input = Tensor::from_rows({{1, 4, 2, 3}});
  const Tensor weight = Tensor::from_rows({{0.25f, 2, -0.5f, 1}});
  const CellSum sum = explain_output(input, weight, {}, {}, 0, 0, {0, 0});
  EXPECT_EQ(sum_formula(sum, 2), "4·2 + 3·1 − 0.75 (the other 2 terms) = 10.25");
  EXPECT_EQ(sum_formula(sum, 3), "4·2 + 3·1 + 2·(−0.5) + 0.25 (the other term) = 10.25");
  EXPECT_EQ(sum_formula(sum, 4), "1·0.25 + 4·2 + 2·(−0.5) + 3·1 = 10.25");
}

TEST(SumFormula, OfALargeKernelCountsTheTermsThatAreZero) {
  Tensor input(Shape{1, 1, 31, 31});
  input.fill(1.0f);
  Tensor weight(Shape{1, 1, 31, 31});
  weight.at(20, 7) = 2.0f;
  weight.at(30, 30) = -3.0f;
  const float bias[] = {0.5f};
  const CellSum sum = explain_output(input, weight, bias, {}, 0, 0, {0, 0});
  EXPECT_EQ(sum_formula(sum, 12), "1·(−3) + 1·2 + 959 terms that are 0 + 0.5 = −0.5");
  EXPECT_EQ(sum_formula(sum, 2), "1·(−3) + 1·2 + 959 terms that are 0 + 0.5 = −0.5");
  EXPECT_EQ(sum_formula(sum, 1), "1·(−3) + 2 (the other 960 terms) + 0.5 = −0.5");
  weight.fill(0.0f);
  EXPECT_EQ(sum_formula(explain_output(input, weight, {}, {}, 0, 0, {0, 0}), 12),
            "961 terms that are 0 = 0");
  const CellSum two = explain_output(Tensor::from_rows({{4, 2}}), Tensor::from_rows({{0, 1}}), {},
                                     {}, 0, 0, {0, 0});
  EXPECT_EQ(sum_formula(two, 1), "2·1 + 1 term that is 0 = 2");
}

TEST(SumFormula, OfALargeKernelStartsWithANaN) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Tensor input = Tensor::from_rows({{1, 4, nan, 3}});
  const Tensor weight = Tensor::from_rows({{1, 2, 0, 1}});
  const CellSum sum = explain_output(input, weight, {}, {}, 0, 0, {0, 0});
  EXPECT_EQ(sum_formula(sum, 2), "NaN·0 + 4·2 + 4 (the other 2 terms) = NaN");
}

TEST(SumFormula, OfATransposedCellThatNothingReachesIsItsBias) {
  Conv2dOptions options;
  options.transposed = true;
  options.stride = {1, 3};
  const Tensor input = Tensor::from_rows({{1, 2}});
  EXPECT_EQ(sum_formula(explain_output(input, kEdge, {}, options, 0, 0, {0, 2})), "0 = 0");
}

TEST(PooledFormula, OfMaxAndAverage) {
  const Tensor input = Tensor::from_rows({{1, 5}, {4, -3}});
  Pool2dOptions options;
  EXPECT_EQ(pooled_formula(explain_pooled(input, options, 0, 0, {0, 0})), "max(1, 5, 4, −3) = 5");
  EXPECT_EQ(pooled_formula(explain_pooled(input, options, 0, 0, {0, 0}), 2), "max(1, 5, …) = 5");
  options.kind = PoolKind::kAverage;
  EXPECT_EQ(pooled_formula(explain_pooled(input, options, 0, 0, {0, 0})),
            "(1 + 5 + 4 − 3)/4 = 1.75");
  EXPECT_EQ(pooled_formula(explain_pooled(input, options, 0, 0, {0, 0}), 2),
            "(1 + 5 + …)/4 = 1.75");
}

TEST(PooledFormula, OfAWindowWithoutCells) {
  Pool2dOptions options{PoolKind::kMax, {1, 2}, {1, 1}, {0, 1, 0, 1}, {1, 2}, false, true, 0};
  EXPECT_EQ(pooled_formula(explain_pooled(Tensor::from_rows({{4}}), options, 0, 0, {0, 0})),
            "max() = −∞");
}

TEST(ParameterFormula, OfTheNotebooksLayer) {
  EXPECT_EQ(parameter_formula({7, 3, 5, 5}, 7), "7·3·5·5 + 7 = 532");
  EXPECT_EQ(parameter_formula({7, 3, 5, 5}, 0), "7·3·5·5 = 525");
}

}  // namespace
}  // namespace convscope::engine
