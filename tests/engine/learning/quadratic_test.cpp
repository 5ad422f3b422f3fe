#include "engine/learning/quadratic.h"

#include <atomic>

#include "engine/core/error.h"
#include "engine/learning/quadratic_analysis.h"
#include "engine/ops/conv2d_reference.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/learning/problems.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

// Problems whose eigenvalues and least squares numpy computed
// (fixtures/make_quadratic_fixtures.py).
class RecordedProblem : public testing::TestWithParam<FixtureCase> {
 protected:
  const nlohmann::json& json() const { return GetParam().json; }
  double number(const char* key) const { return json().at(key).get<double>(); }
  std::vector<double> numbers(const char* key) const {
    return json().at(key).get<std::vector<double>>();
  }
  QuadraticLoss loss() const {
    return QuadraticLoss::build(fixture_problem(json()), fixture_shape(json().at("weight_shape")),
                                json().at("bias").get<Index>() > 0)
        .value();
  }
};

std::vector<double> in_order(const Parameters& p) {
  std::vector<double> result(p.weight.values().begin(), p.weight.values().end());
  result.insert(result.end(), p.bias.begin(), p.bias.end());
  return result;
}

TEST_P(RecordedProblem, HasNumpysEigenvaluesAndRank) {
  const QuadraticAnalysis analysis = analyse(loss());
  std::vector<double> expected = numbers("eigenvalues");
  const double largest = expected.front();
  EXPECT_THAT(analysis.eigenvalues(),
              testing::Pointwise(testing::DoubleNear(1e-11 * largest), expected));
  const auto rank = json().at("rank").get<Index>();
  EXPECT_EQ(analysis.rank, rank);
  EXPECT_EQ(analysis.parameters, std::ssize(expected));
  const double smallest = expected.at(static_cast<std::size_t>(rank - 1));
  EXPECT_NEAR(analysis.stable_rate, 2.0 / largest, 1e-9 / largest);
  EXPECT_NEAR(analysis.best_rate, 2.0 / (largest + smallest), 1e-9 / largest);
  EXPECT_NEAR(analysis.condition, largest / smallest, 1e-7 * largest / smallest);
}

TEST_P(RecordedProblem, HasNumpysOptimum) {
  const QuadraticLoss quadratic = loss();
  const QuadraticAnalysis analysis = analyse(quadratic);
  EXPECT_THAT(in_order(quadratic.unflattened(analysis.optimum)),
              testing::Pointwise(testing::DoubleNear(2e-7), numbers("optimum")));
  EXPECT_NEAR(analysis.least_loss, number("least_loss"), 1e-12 * quadratic.c());
}

TEST_P(RecordedProblem, HasNumpysLossAndGradient) {
  const QuadraticLoss quadratic = loss();
  const Parameters start = fixture_start(json());
  const double expected = number("start_loss");
  EXPECT_NEAR(quadratic.loss(start), expected, 1e-10 * expected);
  EXPECT_THAT(in_order(quadratic.gradient(start)),
              testing::Pointwise(testing::DoubleNear(1e-5), numbers("start_gradient")));
}

INSTANTIATE_TEST_SUITE_P(Numpy, RecordedProblem, testing::ValuesIn(load_fixture("quadratic.json")),
                         [](const auto& problem) { return problem.param.name; });

RC_GTEST_PROP(Quadratic, LossAndGradientAreTheReferencesForAllOptions, ()) {
  const ConvCase c = arbitrary_case();
  const auto seed = static_cast<std::uint64_t>(pick(0, 1000));
  LearningProblem problem{random_tensor(c.input, seed), {}, c.options, Reduction::kSum};
  const Shape out = conv2d_output_shape(c.input, c.weight, c.options);
  problem.target = random_tensor(out, seed + 1);
  const bool bias = pick(0, 1) == 1;
  Parameters p{random_tensor(c.weight, seed + 2), {}};
  for (Index o = 0; bias && o < out.c; ++o)
    p.bias.push_back(0.25f * static_cast<float>(o) - 0.5f);
  const QuadraticLoss quadratic = QuadraticLoss::build(problem, c.weight, bias).value();

  const Tensor prediction = reference::conv2d(problem.input, p.weight, p.bias, c.options);
  const double loss = squared_error(prediction, problem.target, Reduction::kSum);
  RC_ASSERT(std::abs(quadratic.loss(p) - loss) <= 2e-6 * (loss + 1.0));
  Tensor grad;
  squared_error_grad(prediction, problem.target, Reduction::kSum, grad);
  const Parameters gradient = quadratic.gradient(p);
  const Tensor expected = reference::conv2d_grad_weight(problem.input, grad, c.weight, c.options);
  RC_ASSERT(difference_of_units(gradient.weight, expected) < 2e-6);
  if (!bias) return;
  const std::vector<float> expected_bias = reference::conv2d_grad_bias(grad);
  const Shape row{1, 1, 1, out.c};
  RC_ASSERT(difference_of_units(Tensor(row, gradient.bias), Tensor(row, expected_bias)) < 2e-6);
}

RC_GTEST_PROP(Quadratic, EveryFlatParameterHasItsPlaceInTheWeight, ()) {
  const ConvCase c = arbitrary_case();
  LearningProblem problem{random_tensor(c.input, 1), {}, c.options, Reduction::kSum};
  const Shape out = conv2d_output_shape(c.input, c.weight, c.options);
  problem.target = random_tensor(out, 2);
  const bool bias = pick(0, 1) == 1;
  const QuadraticLoss quadratic = QuadraticLoss::build(problem, c.weight, bias).value();
  Parameters p{random_tensor(c.weight, 3), {}};
  if (bias) p.bias.assign(static_cast<std::size_t>(out.c), 100.0f);
  std::vector<double> flat(static_cast<std::size_t>(quadratic.parameters()));
  quadratic.flatten(p, flat);
  for (Index i = 0; i < quadratic.parameters(); ++i) {
    const std::optional<WeightPlace> place = quadratic.place_of(i);
    const float value = place ? p.weight.at(place->n, place->c, place->y, place->x) : 100.0f;
    RC_ASSERT(flat[static_cast<std::size_t>(i)] == static_cast<double>(value));
  }
}

TEST(Quadratic, ALargeInputIsSummedAsASmallOne) {
  // Many bands and tasks; odd sizes for the ends of vectors.
  Conv2dOptions options;
  options.padding = {3, 3, 3, 3};
  const LearningProblem problem{random_tensor({1, 1, 203, 315}, 1),
                                random_tensor({1, 1, 203, 315}, 2), options, Reduction::kMean};
  const QuadraticLoss quadratic = QuadraticLoss::build(problem, {1, 1, 7, 7}, true).value();
  const Parameters p{random_tensor({1, 1, 7, 7}, 3), {0.125f}};
  const KernelLearner learner(problem, p);
  EXPECT_NEAR(quadratic.loss(p), learner.loss(), 1e-6 * learner.loss());
  EXPECT_LT(difference(quadratic.gradient(p).weight, learner.gradient()), 1e-5);
}

TEST(Quadratic, IsTheSameEveryTime) {
  const LearningProblem problem = random_problem({2, 3, 40, 37}, {2, 3, 3, 5}, 5);
  const QuadraticLoss a = QuadraticLoss::build(problem, {2, 3, 3, 5}, true).value();
  const QuadraticLoss b = QuadraticLoss::build(problem, {2, 3, 3, 5}, true).value();
  EXPECT_TRUE(std::ranges::equal(a.a(0), b.a(0)));
  EXPECT_TRUE(std::ranges::equal(a.b(1), b.b(1)));
  EXPECT_EQ(a.c(), b.c());
}

TEST(Quadratic, StopsWhenAsked) {
  const LearningProblem problem = random_problem({1, 1, 60, 60}, {1, 1, 3, 3}, 5);
  std::stop_source source;
  source.request_stop();
  EXPECT_FALSE(QuadraticLoss::build(problem, {1, 1, 3, 3}, false, source.get_token()).has_value());
}

TEST(Quadratic, StopsInTheMiddle) {
  const LearningProblem problem = random_problem({4, 4, 60, 60}, {4, 4, 3, 3}, 5);
  std::stop_source source;
  std::atomic<double> last = 0.0;
  const auto progress = [&](double share) {
    last = share;
    if (share > 0.2) source.request_stop();
  };
  EXPECT_FALSE(
      QuadraticLoss::build(problem, {4, 4, 3, 3}, false, source.get_token(), progress).has_value());
  EXPECT_LT(last, 0.9);
}

TEST(Quadratic, ProgressRisesToOne) {
  const LearningProblem problem = random_problem({1, 2, 100, 60}, {2, 2, 3, 3}, 5);
  std::vector<double> shares;  // calls are one at a time
  static_cast<void>(QuadraticLoss::build(problem, {2, 2, 3, 3}, true, {},
                                         [&](double share) { shares.push_back(share); }));
  ASSERT_GT(shares.size(), 10u);
  EXPECT_TRUE(std::ranges::is_sorted(shares));
  EXPECT_EQ(shares.back(), 1.0);
}

TEST(Quadratic, RefusesWhatDoesNotFit) {
  const LearningProblem problem = random_problem({1, 1, 8, 8}, {1, 1, 3, 3}, 5);
  EXPECT_THROW(static_cast<void>(QuadraticLoss::build(problem, {1, 1, 2, 2}, false)), Error);
  EXPECT_THROW(static_cast<void>(QuadraticLoss::build(problem, {1, 2, 3, 3}, false)), Error);
  const LearningProblem large = random_problem({1, 20, 16, 16}, {1, 20, 15, 15}, 5);
  EXPECT_THROW(static_cast<void>(QuadraticLoss::build(large, {1, 20, 15, 15}, false)), Error);
}

}  // namespace
}  // namespace convscope::engine
