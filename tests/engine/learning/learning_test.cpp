#include "engine/learning/learning.h"

#include "engine/core/error.h"
#include "engine/kernel_info/kernels.h"
#include "tests/engine/learning/problems.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

double loss_after(Reduction reduction, float rate, int steps) {
  const LearningProblem problem = edge_problem(reduction);
  KernelLearner learner(problem, Tensor::from_rows({{0.3f, 0.5f}}));
  for (int i = 0; i < steps; ++i)
    EXPECT_EQ(learner.step(rate), StepOutcome::kStepped);
  return learner.loss();
}

TEST(Learning, KnownRunsOfTheEdgeExperiment) {
  EXPECT_NEAR(loss_after(Reduction::kSum, 0.03f, 0), 24.12, 1e-5);
  EXPECT_NEAR(loss_after(Reduction::kSum, 0.03f, 10), 0.113, 0.001);
  EXPECT_NEAR(loss_after(Reduction::kSum, 1.0f / 36, 10), 0.0073, 0.0001);
  EXPECT_NEAR(loss_after(Reduction::kSum, 0.04f, 10), 8032, 1);
  // The mean divides by 42 values: 42 times the rate is the same run.
  EXPECT_NEAR(loss_after(Reduction::kMean, 0.03f * 42, 10) * 42, 0.113, 0.001);
}

TEST(Learning, DivergenceKeepsTheLastFiniteWeight) {
  const LearningProblem problem = edge_problem(Reduction::kSum);
  KernelLearner learner(problem, Tensor::from_rows({{0.3f, 0.5f}}));
  StepOutcome outcome = StepOutcome::kStepped;
  int steps = 0;
  while (outcome == StepOutcome::kStepped && steps < 10'000) {
    outcome = learner.step(1.0f);
    ++steps;
  }
  EXPECT_EQ(outcome, StepOutcome::kDiverged);
  EXPECT_TRUE(std::isfinite(learner.loss()));
  for (const float w : learner.weight().values())
    EXPECT_TRUE(std::isfinite(w));
}

TEST(Learning, SharedKernelLearnsFromEveryChannel) {
  const Tensor input = random_tensor({1, 3, 9, 9}, 1);
  Conv2dOptions options;
  options.groups = 3;
  Tensor copies(Shape{3, 1, 1, 2});
  for (Index c = 0; c < 3; ++c) {
    copies.at(c, 0, 0, 0) = 1.0f;
    copies.at(c, 0, 0, 1) = -1.0f;
  }
  const LearningProblem problem{input, conv2d(input, copies, {}, options), options,
                                Reduction::kMean};
  KernelLearner learner(problem, Tensor::from_rows({{0.1f, 0.2f}}));
  for (int i = 0; i < 300; ++i)
    ASSERT_EQ(learner.step(0.5f), StepOutcome::kStepped);
  EXPECT_LT(difference(learner.weight(), Tensor::from_rows({{1, -1}})), 1e-3);
}

TEST(Learning, BiasIsLearnedBesideTheWeight) {
  const Tensor input = random_tensor({2, 2, 9, 9}, 1);
  const Tensor weight = random_tensor({3, 2, 2, 2}, 2);
  const std::vector<float> bias{0.5f, -1.0f, 2.0f};
  const LearningProblem problem{input, conv2d(input, weight, bias), {}, Reduction::kMean};
  KernelLearner learner(problem, Parameters{Tensor(weight.shape()), {0.0f, 0.0f, 0.0f}});
  for (int i = 0; i < 300; ++i)
    ASSERT_EQ(learner.step(1.0f), StepOutcome::kStepped);
  EXPECT_LT(difference(learner.weight(), weight), 1e-3);
  EXPECT_THAT(learner.parameters().bias, testing::Pointwise(testing::FloatNear(1e-3f), bias));
}

TEST(Learning, OneKernelHasOneBias) {
  Conv2dOptions options;
  options.groups = 3;
  const Tensor input = random_tensor({1, 3, 6, 6}, 1);
  const LearningProblem problem{input, Tensor(Shape{1, 3, 5, 5}, 1.0f), options};
  const KernelLearner learner(problem, Parameters{Tensor(Shape{1, 1, 2, 2}), {0.25f}});
  // 75 errors of 0.25 - 1.
  EXPECT_DOUBLE_EQ(learner.loss(), 75 * 0.75 * 0.75);
  EXPECT_EQ(learner.gradients().bias, std::vector<float>{-2 * 75 * 0.75f});
}

TEST(Learning, ABiasOfTheWrongSizeIsRefused) {
  const LearningProblem problem = edge_problem(Reduction::kSum);
  EXPECT_THROW(KernelLearner(problem, Parameters{Tensor(Shape{1, 1, 1, 2}), {0.0f, 0.0f}}), Error);
}

TEST(Learning, ErrorIsPredictionMinusTarget) {
  const LearningProblem problem = edge_problem(Reduction::kSum);
  const KernelLearner learner(problem, Tensor::from_rows({{1.0f, 0.0f}}));
  const Tensor error = learner.error();
  // [1, 0] predicts the input's columns 0 to 6; the target is their difference.
  EXPECT_EQ(error.at(0, 0), 1.0f);
  EXPECT_EQ(error.at(0, 1), 0.0f);
  EXPECT_EQ(error.at(0, 5), 1.0f);
}

TEST(Learning, ErrorOfALargePredictionIsThePlainOne) {
  const LearningProblem problem = random_problem({2, 3, 130, 171}, {2, 3, 3, 3}, 1);
  const Parameters at{random_tensor({2, 3, 3, 3}, 2), {0.5f, 1.0f}};
  const KernelLearner learner(problem, at);
  const Tensor prediction = conv2d(problem.input, at.weight, at.bias);
  for (Index i = 0; i < prediction.numel(); ++i)
    ASSERT_EQ(learner.error().data()[i], prediction.data()[i] - problem.target.data()[i]);
  const double loss = squared_error(prediction, problem.target, Reduction::kMean);
  EXPECT_NEAR(learner.loss(), loss, 1e-13 * loss);
  EXPECT_EQ(prediction_error(problem, at), learner.error());
}

TEST(Learning, StopLeavesEverythingAsItWas) {
  const LearningProblem problem = edge_problem(Reduction::kSum);
  KernelLearner learner(problem, Tensor::from_rows({{0.3f, 0.5f}}));
  const double loss = learner.loss();
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(learner.step(0.03f, source.get_token()), StepOutcome::kStopped);
  EXPECT_EQ(learner.loss(), loss);
  EXPECT_EQ(learner.weight(), Tensor::from_rows({{0.3f, 0.5f}}));
}

}  // namespace
}  // namespace convscope::engine
