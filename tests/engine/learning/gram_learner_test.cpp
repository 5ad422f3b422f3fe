#include "engine/learning/gram_learner.h"

#include <cmath>

#include "engine/learning/optimizer.h"
#include "engine/learning/quadratic_analysis.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/learning/problems.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

std::shared_ptr<const QuadraticLoss> quadratic(const LearningProblem& problem,
                                               const Parameters& start) {
  return std::make_shared<const QuadraticLoss>(
      QuadraticLoss::build(problem, start.weight.shape(), !start.bias.empty()).value());
}

// Problems of all options whose outputs are many more than the weights, so that a loss remains.
LearningProblem overdetermined_problem(std::uint64_t seed) {
  Random random(seed);
  const auto less_than = [&](Index n) { return static_cast<Index>(random.next() >> 33) % n; };
  Conv2dOptions options;
  options.stride = {1 + less_than(2), 1 + less_than(2)};
  options.dilation = {1 + less_than(2), 1 + less_than(3)};
  options.padding = {less_than(3), less_than(3), less_than(3), less_than(3)};
  options.padding_mode = static_cast<PaddingMode>(less_than(4));
  options.groups = 1 + less_than(2);
  return random_problem({2, 2, 20 + less_than(9), 20 + less_than(9)}, {2, 2 / options.groups, 3, 3},
                        seed, options, seed % 2 == 0 ? Reduction::kSum : Reduction::kMean);
}

TEST(GramLearner, AgreesWithKernelLearnerToAHundredThousandthOverAHundredSteps) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const LearningProblem problem = overdetermined_problem(seed);
    const Parameters start{random_tensor({2, 2 / problem.options.groups, 3, 3}, seed), {}};
    KernelLearner direct(problem, start);
    GramLearner gram(quadratic(problem, start), start);
    const auto rate = static_cast<float>(analyse(gram.quadratic()).best_rate);
    for (int step = 0; step < 100; ++step) {
      ASSERT_NEAR(gram.loss(), direct.loss(), 1e-5 * direct.loss()) << seed << ' ' << step;
      ASSERT_LT(difference(gram.weight(), direct.weight()), 1e-5) << seed << ' ' << step;
      ASSERT_EQ(gram.step(rate), StepOutcome::kStepped);
      ASSERT_EQ(direct.step(rate), StepOutcome::kStepped);
    }
  }
}

// It was 0, as was the gradient.
TEST(GramLearner, AStartBeyondFloat32HasItsLossAndNoStep) {
  LearningProblem problem = edge_problem(Reduction::kSum);
  for (float& value : problem.input.values())
    value *= 1e25f;
  const Parameters start{Tensor::from_rows({{0.3f, 0.5f}}), {}};
  KernelLearner direct(problem, start);
  GramLearner gram(quadratic(problem, start), start);
  EXPECT_GT(gram.loss(), 1e49);
  EXPECT_NEAR(direct.loss() / gram.loss(), 1.0, 1e-5);
  EXPECT_TRUE(direct.overflows() && gram.overflows());
  for (const Tensor* gradient : {&direct.gradient(), &gram.gradient()}) {
    for (const float value : gradient->values())
      EXPECT_FALSE(std::isfinite(value)) << value;
  }
  EXPECT_EQ(direct.step(0.1f), StepOutcome::kDiverged);
  EXPECT_EQ(gram.step(0.1f), StepOutcome::kDiverged);
  EXPECT_EQ(gram.weight(), start.weight);
}

TEST(GramLearner, InfinitePredictionsHaveAnInfiniteLoss) {
  LearningProblem problem = edge_problem(Reduction::kSum);
  for (float& value : problem.input.values())
    value *= 3e38f;
  const KernelLearner direct(problem, Tensor::from_rows({{3.0f, 5.0f}}));
  EXPECT_TRUE(direct.overflows());
  EXPECT_TRUE(std::isinf(direct.loss()));
}

RC_GTEST_PROP(GramLearner, ItsRunIsKernelLearnersForAllOptions, ()) {
  const ConvCase c = arbitrary_case();
  const auto seed = static_cast<std::uint64_t>(pick(0, 1000));
  const LearningProblem problem = random_problem(
      c.input, c.weight, seed, c.options, pick(0, 1) == 1 ? Reduction::kMean : Reduction::kSum);
  Parameters start{random_tensor(c.weight, seed + 2), {}};
  if (pick(0, 1) == 1) start.bias.assign(static_cast<std::size_t>(problem.target.shape().c), 0.5f);
  KernelLearner direct(problem, start);
  GramLearner gram(quadratic(problem, start), start);
  const QuadraticAnalysis analysis = analyse(gram.quadratic());
  const auto count = static_cast<double>(analysis.parameters);
  if (!(analysis.largest > 0.0)) return;
  const auto rate = static_cast<float>(analysis.best_rate * 0.9);
  for (int step = 0; step < 100; ++step) {
    const double loss = direct.loss();
    // What weights that differ by 1e-5 make of the loss: its gradient is sqrt(2 λmax L) at most.
    const double slack = 1e-5 * std::sqrt(count * analysis.largest);
    RC_ASSERT(std::abs(gram.loss() - loss) <= slack * (std::sqrt(2.0 * loss) + slack));
    RC_ASSERT(difference_of_units(gram.weight(), direct.weight()) < 1e-5);
    RC_ASSERT(gram.step(rate) == StepOutcome::kStepped);
    RC_ASSERT(direct.step(rate) == StepOutcome::kStepped);
  }
}

TEST(GramLearner, OneKernelForEveryChannelAndOneBias) {
  Conv2dOptions options;
  options.groups = 3;
  options.padding = {1, 1, 1, 1};
  const LearningProblem problem =
      random_problem({2, 3, 9, 10}, {3, 1, 3, 3}, 1, options, Reduction::kMean);
  const Parameters start{random_tensor({1, 1, 3, 3}, 3), {0.5f}};
  KernelLearner direct(problem, start);
  GramLearner gram(quadratic(problem, start), start);
  for (int step = 0; step < 100; ++step) {
    ASSERT_EQ(gram.step(0.3f), StepOutcome::kStepped);
    ASSERT_EQ(direct.step(0.3f), StepOutcome::kStepped);
    ASSERT_NEAR(gram.loss(), direct.loss(), 1e-5 * direct.loss());
  }
  EXPECT_LT(difference(gram.weight(), direct.weight()), 1e-5);
  EXPECT_NEAR(gram.parameters().bias[0], direct.parameters().bias[0], 1e-6);
}

TEST(GramLearner, OptimizersStepItTheSameWay) {
  const LearningProblem problem = random_problem({1, 2, 9, 10}, {2, 2, 3, 3}, 1);
  const Parameters start{random_tensor({2, 2, 3, 3}, 3), {0.0f, 0.0f}};
  for (const OptimizerKind kind :
       {OptimizerKind::kMomentum, OptimizerKind::kNesterov, OptimizerKind::kAdam}) {
    KernelLearner direct(problem, start);
    GramLearner gram(quadratic(problem, start), start);
    Optimizer a(kind), b(kind);
    for (int i = 0; i < 100; ++i) {
      ASSERT_EQ(step(direct, a, 0.02), StepOutcome::kStepped);
      ASSERT_EQ(step(gram, b, 0.02), StepOutcome::kStepped);
      ASSERT_NEAR(gram.loss(), direct.loss(), 1e-5 * direct.loss()) << name(kind) << ' ' << i;
    }
  }
}

TEST(GramLearner, ReachesTheExactAnswer) {
  const LearningProblem problem = random_problem({1, 1, 12, 12}, {1, 1, 3, 3}, 8);
  const Parameters start{Tensor(Shape{1, 1, 3, 3}), {}};
  GramLearner learner(quadratic(problem, start), start);
  const QuadraticAnalysis analysis = analyse(learner.quadratic());
  for (int i = 0; i < 500; ++i)
    ASSERT_EQ(learner.step(static_cast<float>(analysis.best_rate)), StepOutcome::kStepped);
  EXPECT_LT(difference(learner.weight(), learner.quadratic().unflattened(analysis.optimum).weight),
            1e-6);
  EXPECT_NEAR(learner.loss(), analysis.least_loss, 1e-12);
}

TEST(GramLearner, DivergesBeyondTheCliffAndKeepsTheLastFiniteWeight) {
  const LearningProblem problem = edge_problem(Reduction::kSum);
  const Parameters start{Tensor::from_rows({{0.3f, 0.5f}}), {}};
  GramLearner learner(quadratic(problem, start), start);
  StepOutcome outcome = StepOutcome::kStepped;
  for (int i = 0; i < 10'000 && outcome == StepOutcome::kStepped; ++i)
    outcome = learner.step(0.04f);
  EXPECT_EQ(outcome, StepOutcome::kDiverged);
  EXPECT_TRUE(std::isfinite(learner.loss()));
  for (const float w : learner.weight().values())
    EXPECT_TRUE(std::isfinite(w));
  const Parameters last = learner.parameters();
  EXPECT_EQ(learner.step(0.04f), StepOutcome::kDiverged);
  EXPECT_EQ(learner.parameters(), last);
}

TEST(GramLearner, ResumesToTheSameBits) {
  const LearningProblem problem = random_problem({1, 1, 12, 12}, {1, 1, 3, 3}, 8);
  const Parameters start{random_tensor({1, 1, 3, 3}, 2), {}};
  GramLearner learner(quadratic(problem, start), start);
  for (int i = 0; i < 5; ++i)
    ASSERT_EQ(learner.step(0.1f), StepOutcome::kStepped);
  GramLearner resumed(quadratic(problem, start), learner.parameters());
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ(learner.step(0.1f), StepOutcome::kStepped);
    ASSERT_EQ(resumed.step(0.1f), StepOutcome::kStepped);
  }
  EXPECT_EQ(resumed.parameters(), learner.parameters());
  EXPECT_EQ(resumed.loss(), learner.loss());
}

TEST(GramLearner, StopLeavesEverythingAsItWas) {
  const LearningProblem problem = edge_problem(Reduction::kSum);
  const Parameters start{Tensor::from_rows({{0.3f, 0.5f}}), {}};
  GramLearner learner(quadratic(problem, start), start);
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(learner.step(0.03f, source.get_token()), StepOutcome::kStopped);
  EXPECT_EQ(learner.parameters(), start);
}

}  // namespace
}  // namespace convscope::engine
