#include "engine/learning/quadratic_analysis.h"

#include "engine/learning/gram_learner.h"
#include "engine/learning/learnable.h"
#include "tests/engine/learning/problems.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

const Parameters kStart{Tensor::from_rows({{0.3f, 0.5f}}), {}};

QuadraticLoss edge_loss(Reduction reduction = Reduction::kSum) {
  return QuadraticLoss::build(edge_problem(reduction), {1, 1, 1, 2}, false).value();
}

TEST(NotebookAnalysis, HessianEigenvaluesAndRates) {
  const QuadraticLoss loss = edge_loss();
  EXPECT_THAT(loss.a(0), ElementsAre(18, 12, 12, 18));  // H = 2A = [[36, 24], [24, 36]]
  EXPECT_EQ(loss.scale(), 1.0);
  const QuadraticAnalysis analysis = analyse(loss);
  EXPECT_THAT(analysis.eigenvalues(), ElementsAre(DoubleNear(60, 1e-12), DoubleNear(12, 1e-12)));
  EXPECT_NEAR(analysis.stable_rate, 1.0 / 30, 1e-15);
  EXPECT_NEAR(analysis.best_rate, 1.0 / 36, 1e-15);
  EXPECT_NEAR(analysis.condition, 5.0, 1e-12);
  EXPECT_EQ(analysis.rank, 2);
  EXPECT_THAT(analysis.optimum, ElementsAre(DoubleNear(1, 1e-12), DoubleNear(-1, 1e-12)));
  EXPECT_NEAR(analysis.least_loss, 0.0, 1e-12);
  EXPECT_EQ(learnable_text(loss, analysis), "");
}

TEST(NotebookAnalysis, TenSteps) {
  const QuadraticLoss loss = edge_loss();
  EXPECT_NEAR(loss.loss(kStart), 24.12, 1e-6);
  const LossPrediction prediction(loss, analyse(loss), kStart);
  EXPECT_NEAR(prediction.after(0, 0.03), 24.12, 1e-6);
  EXPECT_NEAR(prediction.after(10, 0.03), 0.113, 0.0005);
  EXPECT_NEAR(prediction.after(10, 1.0 / 36), 0.0073, 0.00005);
  EXPECT_NEAR(prediction.after(10, 0.04), 8032, 0.5);
}

TEST(NotebookAnalysis, TheMeanMovesTheCliff) {
  const QuadraticAnalysis analysis = analyse(edge_loss(Reduction::kMean));
  EXPECT_NEAR(analysis.stable_rate, 1.4, 1e-13);
  EXPECT_NEAR(analysis.best_rate, 42.0 / 36, 1e-13);
}

TEST(NotebookAnalysis, Zones) {
  const QuadraticAnalysis analysis = analyse(edge_loss());
  EXPECT_EQ(analysis.zone(0.01), RateZone::kConverges);
  EXPECT_EQ(analysis.zone(1.0 / 60), RateZone::kConverges);
  EXPECT_EQ(analysis.zone(0.03), RateZone::kOscillates);
  EXPECT_EQ(analysis.zone(0.0334), RateZone::kDiverges);
}

TEST(NotebookAnalysis, PredictionIsTheMeasuredRun) {
  for (const float rate : {0.01f, 0.03f, 0.04f}) {
    auto loss = std::make_shared<const QuadraticLoss>(edge_loss());
    const LossPrediction prediction(*loss, analyse(*loss), kStart);
    GramLearner learner(loss, kStart);
    for (int step = 0; step <= 40; ++step) {
      const double expected = prediction.after(step, static_cast<double>(rate));
      EXPECT_NEAR(learner.loss(), expected, 2e-3 * expected + 1e-10) << rate << ' ' << step;
      ASSERT_EQ(learner.step(rate), StepOutcome::kStepped);
    }
  }
}

TEST(Analysis, PredictionOverflowsToInfinity) {
  const QuadraticLoss loss = edge_loss();
  const LossPrediction prediction(loss, analyse(loss), kStart);
  EXPECT_EQ(prediction.after(1e6, 0.04), INFINITY);
  EXPECT_NEAR(prediction.after(1e6, 0.03), 0.0, 1e-12);
}

struct Case {
  Tensor input;
  Shape weight;
  bool bias = false;
};

std::string text_of(const Case& c, Reduction reduction = Reduction::kSum) {
  const LearningProblem problem{
      c.input, Tensor(conv2d_output_shape(c.input.shape(), c.weight, {}), 1.0f), {}, reduction};
  const QuadraticLoss loss = QuadraticLoss::build(problem, c.weight, c.bias).value();
  return learnable_text(loss, analyse(loss));
}

Tensor rows_differ() {
  Tensor input(Shape{1, 1, 7, 6});
  const Tensor column = random_tensor({1, 1, 7, 1}, 3);
  for (Index y = 0; y < 7; ++y)
    std::fill_n(input.row(0, 0, y), 6, column.at(y, 0));
  return input;
}

TEST(Learnable, OnlyTheSumOfAConstantInput) {
  const LearningProblem problem{
      Tensor(Shape{1, 1, 6, 8}, 1.0f), Tensor(Shape{1, 1, 6, 7}, 2.0f), {}, Reduction::kSum};
  const QuadraticLoss loss = QuadraticLoss::build(problem, {1, 1, 1, 2}, false).value();
  const QuadraticAnalysis analysis = analyse(loss);
  EXPECT_THAT(analysis.eigenvalues(), ElementsAre(DoubleNear(168, 1e-10), 0.0));
  EXPECT_EQ(analysis.rank, 1);
  EXPECT_EQ(analysis.condition, 1.0);
  // The valley w0 + w1 = 2; its point nearest to 0.
  EXPECT_THAT(analysis.optimum, ElementsAre(DoubleNear(1, 1e-12), DoubleNear(1, 1e-12)));
  EXPECT_EQ(learnable_text(loss, analysis),
            "Only the sum of the weights is learnable: every kernel with that sum has the same "
            "loss.");
  EXPECT_TRUE(is_flat(loss, 0, std::array{1.0, -1.0}));
  EXPECT_FALSE(is_flat(loss, 0, std::array{1.0, -0.99}));
}

TEST(Learnable, NamesTheSumsThatCount) {
  EXPECT_EQ(text_of({random_tensor({1, 1, 7, 6}, 1), {1, 1, 2, 3}}), "");
  EXPECT_THAT(text_of({rows_differ(), {1, 1, 2, 3}}),
              HasSubstr("Only the sums of the kernel's rows"));
  EXPECT_THAT(text_of({transposed(rows_differ()), {1, 1, 2, 3}}),
              HasSubstr("Only the sums of the kernel's columns"));
  EXPECT_THAT(text_of({make_pattern("checkerboard", {7, 8}, 0), {1, 1, 3, 3}}),
              HasSubstr("checkerboard"));
  EXPECT_THAT(text_of({make_pattern("gradient", {7, 8}, 0), {1, 1, 3, 3}}),
              HasSubstr("Only 2 of 9 directions are learnable"));
  EXPECT_THAT(text_of({Tensor(Shape{1, 1, 4, 4}), {1, 1, 2, 2}}),
              HasSubstr("Nothing is learnable"));
}

TEST(Learnable, TellsABiasThatIsTied) {
  EXPECT_THAT(text_of({Tensor(Shape{1, 1, 6, 8}, 0.5f), {1, 1, 2, 2}, true}),
              HasSubstr("Only the sum of the weights is learnable, and the bias cannot be told"));
  EXPECT_THAT(text_of({Tensor(Shape{1, 1, 6, 8}, 0.5f), {1, 1, 1, 1}, true}),
              HasSubstr("The bias cannot be told from"));
  EXPECT_THAT(text_of({rows_differ(), {1, 1, 2, 3}, true}),
              HasSubstr("Only the sums of the kernel's rows are learnable: "));
}

TEST(Learnable, NamesWeightsThatMeetOnlyZeros) {
  Tensor input = random_tensor({1, 1, 5, 5}, 1);
  for (Index y = 0; y < 5; ++y)
    input.at(y, 0) = 0.0f;
  for (Index y = 0; y < 5; ++y)
    input.at(y, 1) = 0.0f;
  // A kernel of four columns on five: its first column meets only columns 0 and 1.
  EXPECT_THAT(text_of({input, {1, 1, 1, 4}}),
              HasSubstr("Weight (0, 0) is not learnable: it is only ever multiplied with 0."));
  EXPECT_THAT(text_of({input, {1, 1, 2, 4}}), HasSubstr("2 weights are not learnable"));
}

TEST(Learnable, TheSentenceDoesNotDependOnTheScale) {
  EXPECT_EQ(text_of({Tensor(Shape{1, 1, 6, 8}, 1e-4f), {1, 1, 3, 3}}, Reduction::kMean),
            text_of({Tensor(Shape{1, 1, 6, 8}, 300.0f), {1, 1, 3, 3}}));
}

}  // namespace
}  // namespace convscope::engine
