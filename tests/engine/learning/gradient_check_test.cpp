#include "engine/learning/gradient_check.h"

#include "tests/engine/arbitrary.h"
#include "tests/engine/learning/problems.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

RC_GTEST_PROP(GradientCheck, TheLearnersGradientPassesForAllOptions, ()) {
  const ConvCase c = arbitrary_case();
  const LearningProblem problem = random_problem(
      c.input, c.weight, 3, c.options, pick(0, 1) == 1 ? Reduction::kSum : Reduction::kMean);
  Parameters at{random_tensor(c.weight, 4), {}};
  if (pick(0, 1) == 1) at.bias.assign(static_cast<std::size_t>(problem.target.shape().c), 0.5f);
  const KernelLearner learner(problem, at);
  const GradientCheck check = check_gradient(problem, at, learner.gradients()).value();
  RC_ASSERT(check.passes());
  RC_ASSERT(check.largest_error < 1e-4);
}

class OfARandomProblem : public testing::Test {
 protected:
  LearningProblem problem_ = random_problem({2, 2, 8, 8}, {3, 2, 3, 3}, 3);
  KernelLearner learner_{problem_, Parameters{random_tensor({3, 2, 3, 3}, 1), {0.1f, 0.2f, 0.3f}}};

  GradientCheck check(const Parameters& gradient, Index most = 128) const {
    return check_gradient(problem_, learner_.parameters(), gradient, most).value();
  }
};

TEST_F(OfARandomProblem, ChecksWeightsAndBiases) {
  const GradientCheck result = check(learner_.gradients());
  EXPECT_EQ(result.checked, 57);
  EXPECT_TRUE(result.passes());
  EXPECT_NEAR(result.analytic, result.numeric, 1e-5);
}

TEST_F(OfARandomProblem, FindsTheWrongWeight) {
  Parameters wrong = learner_.gradients();
  float& value = wrong.weight.at(1, 1, 2, 0);
  value *= 1.02f;
  const GradientCheck result = check(wrong);
  EXPECT_FALSE(result.passes());
  EXPECT_EQ(result.place, ((1 * 2 + 1) * 3 + 2) * 3 + 0);
  EXPECT_EQ(result.analytic, static_cast<double>(value));
  EXPECT_GT(result.largest_error, 0.003);
}

TEST_F(OfARandomProblem, FindsTheWrongBias) {
  Parameters wrong = learner_.gradients();
  wrong.bias[2] = -wrong.bias[2];
  const GradientCheck result = check(wrong);
  EXPECT_FALSE(result.passes());
  EXPECT_EQ(result.place, 56);
}

TEST_F(OfARandomProblem, FailsWhatIsNotANumber) {
  Parameters wrong = learner_.gradients();
  wrong.weight.at(0, 0, 0, 0) = NAN;
  EXPECT_FALSE(check(wrong).passes());
}

TEST_F(OfARandomProblem, ChecksNoMoreThanAsked) {
  EXPECT_EQ(check(learner_.gradients(), 10).checked, 10);
}

TEST_F(OfARandomProblem, Stops) {
  std::stop_source source;
  source.request_stop();
  EXPECT_FALSE(
      check_gradient(problem_, learner_.parameters(), learner_.gradients(), 128, source.get_token())
          .has_value());
}

TEST(GradientCheck, PassesAtTheOptimumWhereTheGradientIsZero) {
  const LearningProblem problem = edge_problem(Reduction::kSum);
  const KernelLearner learner(problem, Tensor::from_rows({{1.0f, -1.0f}}));
  const GradientCheck check =
      check_gradient(problem, learner.parameters(), learner.gradients()).value();
  EXPECT_EQ(check.largest_error, 0.0);
  EXPECT_TRUE(check.passes());
}

// Inputs of 1e-25 make gradients of 1e-50, which float32 does not have.
TEST(GradientCheck, SaysWhatIsTooSmallToBeChecked) {
  LearningProblem problem = edge_problem(Reduction::kSum);
  for (const float scale : {1e-25f, 1e-40f}) {
    LearningProblem small = problem;
    for (float& value : small.input.values())
      value *= scale;
    for (float& value : small.target.values())
      value *= scale;
    const KernelLearner learner(small, Tensor::from_rows({{0.3f, 0.5f}}));
    const GradientCheck check =
        check_gradient(small, learner.parameters(), learner.gradients()).value();
    EXPECT_FALSE(check.possible());
    EXPECT_EQ(check.too_small, 2);
    EXPECT_TRUE(check.passes());
  }
  for (float& value : problem.input.values())
    value *= 1e-15f;
  for (float& value : problem.target.values())
    value *= 1e-15f;
  const KernelLearner learner(problem, Tensor::from_rows({{0.3f, 0.5f}}));
  const GradientCheck check =
      check_gradient(problem, learner.parameters(), learner.gradients()).value();
  EXPECT_EQ(check.checked, 2);
  EXPECT_EQ(check.too_small, 0);
  EXPECT_TRUE(check.passes());
}

// Inputs of 1e30 make gradients of 1e60, which float32 does not have either.
TEST(GradientCheck, SaysWhatIsTooLargeToBeChecked) {
  for (const float scale : {1e25f, 1e30f, 1e38f}) {
    LearningProblem problem = edge_problem(Reduction::kSum);
    for (float& value : problem.input.values())
      value *= scale;
    const KernelLearner learner(problem, Tensor::from_rows({{0.3f, 0.5f}}));
    const GradientCheck check =
        check_gradient(problem, learner.parameters(), learner.gradients()).value();
    EXPECT_FALSE(check.possible()) << scale;
    EXPECT_EQ(check.too_large, 2) << scale;
  }
}

TEST(GradientCheck, FailsAnInfiniteGradientOfFiniteLosses) {
  const LearningProblem problem = edge_problem(Reduction::kSum);
  Parameters wrong{Tensor::from_rows({{INFINITY, 0.0f}}), {}};
  const Parameters at{Tensor::from_rows({{0.3f, 0.5f}}), {}};
  EXPECT_FALSE(check_gradient(problem, at, wrong)->passes());
}

TEST(GradientCheck, OneKernelForEveryChannel) {
  Conv2dOptions options;
  options.groups = 3;
  const LearningProblem problem = random_problem({2, 3, 6, 6}, {3, 1, 2, 2}, 1, options);
  const KernelLearner learner(problem, Parameters{random_tensor({1, 1, 2, 2}, 2), {0.5f}});
  EXPECT_TRUE(check_gradient(problem, learner.parameters(), learner.gradients())->passes());
}

}  // namespace
}  // namespace convscope::engine
