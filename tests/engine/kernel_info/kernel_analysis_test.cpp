// Sums, symmetry, singular values and 1-D kernels, against numpy and by their definitions.
#include "engine/kernel_info/kernel_analysis.h"

#include <limits>

#include "engine/core/error.h"
#include "engine/kernel_info/kernels.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/fixture.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::Pointwise;

class RecordedKernel : public testing::TestWithParam<FixtureCase> {
 protected:
  const nlohmann::json& json() const { return GetParam().json; }
  Tensor weight() const { return fixture_tensor(json().at("weight")); }
  double norm() const { return json().at("norm").get<double>(); }
};

// The sum of the first `terms` outer products.
Tensor rebuilt(const KernelSvd& svd, Index terms) {
  Tensor result(Shape{1, 1, svd.size.y, svd.size.x});
  for (Index v = 0; v < svd.size.y; ++v) {
    for (Index u = 0; u < svd.size.x; ++u) {
      double sum = 0.0;
      for (Index k = 0; k < terms; ++k)
        sum += svd.values[static_cast<std::size_t>(k)] *
               svd.columns[static_cast<std::size_t>(k * svd.size.y + v)] *
               svd.rows[static_cast<std::size_t>(k * svd.size.x + u)];
      result.at(v, u) = static_cast<float>(sum);
    }
  }
  return result;
}

Tensor product(const SeparablePair& pair) {
  Tensor result(Shape{1, 1, std::ssize(pair.column), std::ssize(pair.row)});
  for (std::size_t v = 0; v < pair.column.size(); ++v)
    for (std::size_t u = 0; u < pair.row.size(); ++u)
      result.at(static_cast<Index>(v), static_cast<Index>(u)) =
          static_cast<float>(pair.column[v] * pair.row[u]);
  return result;
}

TEST_P(RecordedKernel, HasNumpysSingularValuesAndRank) {
  const KernelSvd svd = kernel_svd(weight());
  EXPECT_THAT(svd.values, Pointwise(DoubleNear(1e-11 * norm()),
                                    json().at("singular_values").get<std::vector<double>>()));
  EXPECT_EQ(svd.rank, json().at("rank").get<Index>());
}

TEST_P(RecordedKernel, IsTheSumOfItsProductsAndTheFirstIsNumpys) {
  const Tensor kernel = weight();
  const KernelSvd svd = kernel_svd(kernel);
  EXPECT_LT(difference(rebuilt(svd, svd.rank), kernel, 1e-9), 1e-6);
  const Tensor first = fixture_tensor(json().at("first"));
  EXPECT_LT(difference(rebuilt(svd, 1), first, 1e-9), 1e-6);
  EXPECT_LT(difference(product(separable_pair(kernel, svd)), first, 1e-9), 1e-6);
}

TEST_P(RecordedKernel, HasNumpysNorm) {
  EXPECT_NEAR(kernel_facts(weight()).norm, norm(), 1e-11 * norm());
}

INSTANTIATE_TEST_SUITE_P(Numpy, RecordedKernel, testing::ValuesIn(load_fixture("kernels.json")),
                         [](const auto& kernel) { return kernel.param.name; });

RC_GTEST_PROP(KernelSvdProperty, AnOuterProductHasRankOneAndItsFactorsBack, ()) {
  const Index h = pick(1, 31);
  const Index w = pick(1, 31);
  const Tensor column = random_tensor({1, 1, h, 1}, 1, 0.5f, 1.5f);
  const Tensor row = random_tensor({1, 1, 1, w}, 2);
  Tensor kernel(Shape{1, 1, h, w});
  for (Index v = 0; v < h; ++v)
    for (Index u = 0; u < w; ++u)
      kernel.at(v, u) = column.at(v, 0) * row.at(0, u);
  const KernelSvd svd = kernel_svd(kernel);
  RC_ASSERT(svd.separable());
  RC_ASSERT(std::abs(svd.first_share() - 1.0) < 1e-12);
  const SeparablePair pair = separable_pair(kernel, svd);
  RC_ASSERT(difference(product(pair), kernel) < 1e-6);
  const double factor = pair.column[0] / static_cast<double>(column.at(0, 0));
  RC_ASSERT(factor > 0.0);
  for (Index v = 0; v < h; ++v)
    RC_ASSERT(std::abs(pair.column[static_cast<std::size_t>(v)] -
                       factor * static_cast<double>(column.at(v, 0))) < 1e-5 * factor);
}

RC_GTEST_PROP(KernelSvdProperty, VectorsAreOrthonormalAndTheValuesHaveTheNorm, ()) {
  const Tensor kernel =
      random_tensor({1, 1, pick(1, 9), pick(1, 9)}, static_cast<std::uint64_t>(pick(0, 1000)));
  const KernelSvd svd = kernel_svd(kernel);
  const std::size_t count = svd.values.size();
  const auto dot_of = [&](const std::vector<double>& vectors, Index size, std::size_t a,
                          std::size_t b) {
    const auto n = static_cast<std::size_t>(size);
    double sum = 0.0;
    for (std::size_t i = 0; i < n; ++i)
      sum += vectors[a * n + i] * vectors[b * n + i];
    return sum;
  };
  double squares = 0.0;
  for (std::size_t a = 0; a < count; ++a) {
    squares += svd.values[a] * svd.values[a];
    for (std::size_t b = 0; b < count; ++b) {
      const double expected = a == b ? 1.0 : 0.0;
      RC_ASSERT(std::abs(dot_of(svd.columns, svd.size.y, a, b) - expected) < 1e-12);
      RC_ASSERT(std::abs(dot_of(svd.rows, svd.size.x, a, b) - expected) < 1e-12);
    }
  }
  RC_ASSERT(std::abs(std::sqrt(squares) - kernel_facts(kernel).norm) < 1e-12);
}

SeparablePair pair_of(const Tensor& kernel) {
  return separable_pair(kernel, kernel_svd(kernel));
}

TEST(SeparablePair, WholeNumbersStayWhole) {
  const SeparablePair x = pair_of(make_kernel("sobel-x", {3, 3}, 0));
  EXPECT_THAT(x.column, ElementsAre(1, 2, 1));
  EXPECT_THAT(x.row, ElementsAre(-1, 0, 1));
  const SeparablePair y = pair_of(make_kernel("sobel-y", {3, 3}, 0));
  EXPECT_THAT(y.column, ElementsAre(-1, 0, 1));
  EXPECT_THAT(y.row, ElementsAre(1, 2, 1));
  const SeparablePair shifted = pair_of(Tensor::from_rows({{0, 0, 0}, {0, -4, 6}, {0, 6, -9}}));
  EXPECT_THAT(shifted.column, ElementsAre(0, -2, 3));
  EXPECT_THAT(shifted.row, ElementsAre(0, 2, -3));
  EXPECT_THAT(pair_of(Tensor::from_rows({{1, -1}})).column, ElementsAre(1));
}

TEST(SeparablePair, AMeanIsAMeanOfMeans) {
  const SeparablePair box = pair_of(make_kernel("box", {3, 5}, 0));
  EXPECT_THAT(box.column, testing::Each(DoubleNear(1.0 / 3.0, 1e-7)));
  EXPECT_THAT(box.row, testing::Each(DoubleNear(1.0 / 5.0, 1e-7)));
}

TEST(KernelFacts, SobelIsAntisymmetricFromLeftToRight) {
  const KernelFacts facts = kernel_facts(make_kernel("sobel-x", {3, 3}, 0));
  EXPECT_EQ(facts.sum, 0.0);
  EXPECT_EQ(facts.absolute_sum, 8.0);
  EXPECT_DOUBLE_EQ(facts.norm, std::sqrt(12.0));
  EXPECT_EQ(facts.smallest, -2.0);
  EXPECT_EQ(facts.largest, 2.0);
  EXPECT_EQ(facts.left_right, Symmetry::kAntisymmetric);
  EXPECT_EQ(facts.up_down, Symmetry::kSymmetric);
  EXPECT_EQ(facts.half_turn, Symmetry::kAntisymmetric);
}

TEST(KernelFacts, ADiagonalEdgeIsAntisymmetricUnderAHalfTurnOnly) {
  const KernelFacts facts = kernel_facts(Tensor::from_rows({{2, 1, 0}, {1, 0, -1}, {0, -1, -2}}));
  EXPECT_EQ(facts.left_right, Symmetry::kNone);
  EXPECT_EQ(facts.up_down, Symmetry::kNone);
  EXPECT_EQ(facts.half_turn, Symmetry::kAntisymmetric);
}

RC_GTEST_PROP(KernelFactsProperty, SymmetryIsWhatTheFlipsOfTheKernelSay, ()) {
  // Few values, so that all three kinds come about.
  Tensor kernel(Shape{1, 1, pick(1, 3), pick(1, 3)});
  for (float& w : kernel.values())
    w = static_cast<float>(pick(-1, 1));
  const KernelFacts facts = kernel_facts(kernel);
  const auto check = [&](Symmetry symmetry, void (*flip)(Tensor&)) {
    Tensor flipped = kernel;
    flip(flipped);
    RC_ASSERT((symmetry == Symmetry::kSymmetric) == (flipped == kernel));
    for (float& w : flipped.values())
      w = 0.0f - w;
    const bool zero = largest(kernel) == 0.0;
    RC_ASSERT((symmetry == Symmetry::kAntisymmetric) == (flipped == kernel && !zero));
  };
  check(facts.left_right, flip_horizontal);
  check(facts.up_down, flip_vertical);
  check(facts.half_turn, flip_both);
}

TEST(KernelFacts, RefusesSeveralPlanesAndWhatIsNotFinite) {
  EXPECT_THROW(static_cast<void>(kernel_facts(Tensor(Shape{2, 1, 3, 3}))), Error);
  EXPECT_THROW(static_cast<void>(kernel_svd(Tensor(Shape{1, 1, 0, 3}))), Error);
  const Tensor bad(Shape{1, 1, 2, 2}, std::numeric_limits<float>::quiet_NaN());
  EXPECT_THROW(static_cast<void>(kernel_svd(bad)), Error);
}

}  // namespace
}  // namespace convscope::engine
