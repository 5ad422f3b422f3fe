#include "engine/learning/explain_gradient.h"

#include <set>

#include "engine/core/error.h"
#include "engine/explain/backward_text.h"
#include "engine/ops/conv2d_reference.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/learning/problems.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

const Shape kEdgeWeight{1, 1, 1, 2};

TEST(ExplainGradient, OfTheNotebooksFirstWeight) {
  // [1, 0] predicts columns 0 to 6 of the picture; the target is their difference. So the error is
  // 1 where the next column is 1: in columns 0, 5 and 6. There input is 1, 0, 1.
  const LearningProblem problem = edge_problem(Reduction::kSum);
  const KernelLearner learner(problem, Tensor::from_rows({{1.0f, 0.0f}}));
  const GradientSum sum = explain_gradient(problem, learner.error(), kEdgeWeight, {0, 0, 0, 0}, 2);
  EXPECT_EQ(sum.count, 42);
  EXPECT_EQ(sum.nonzero, 12);
  EXPECT_EQ(sum.value(), 24.0);
  ASSERT_EQ(sum.largest.size(), 2u);
  EXPECT_EQ(sum.largest[0], (GradientTerm{0, 0, 0, {0, 0}, {0, 0}, 1.0f, 1.0f}));
  EXPECT_EQ(sum.largest[1], (GradientTerm{0, 0, 0, {0, 6}, {0, 6}, 1.0f, 1.0f}));
  EXPECT_EQ(gradient_formula(sum), "2·(1·1 + 1·1 + 10 (the other 10 terms)) = 24");
}

TEST(ExplainGradient, TheMeanDividesByTheOutputs) {
  const LearningProblem problem = edge_problem(Reduction::kMean);
  const KernelLearner learner(problem, Tensor::from_rows({{1.0f, 0.0f}}));
  const GradientSum sum = explain_gradient(problem, learner.error(), kEdgeWeight, {0, 0, 0, 0}, 1);
  EXPECT_NEAR(sum.value(), 24.0 / 42, 1e-15);
  EXPECT_EQ(gradient_formula(sum), "2/42·(1·1 + 11 (the other 11 terms)) = 0.5714");
}

TEST(ExplainGradient, NoErrorIsNoTerm) {
  const LearningProblem problem = edge_problem(Reduction::kSum);
  const KernelLearner learner(problem, Tensor::from_rows({{1.0f, -1.0f}}));
  const GradientSum sum = explain_gradient(problem, learner.error(), kEdgeWeight, {0, 0, 0, 1});
  EXPECT_EQ(sum.nonzero, 0);
  EXPECT_TRUE(sum.largest.empty());
  EXPECT_EQ(gradient_formula(sum), "2·(0) = 0");
}

TEST(ExplainGradient, TheLargestComeFirst) {
  const LearningProblem problem = random_problem({1, 2, 9, 9}, {3, 2, 3, 3}, 4);
  const KernelLearner learner(problem, random_tensor({3, 2, 3, 3}, 5));
  const Tensor error = learner.error();
  const GradientSum few = explain_gradient(problem, error, {3, 2, 3, 3}, {2, 1, 1, 2}, 5);
  const GradientSum all = explain_gradient(problem, error, {3, 2, 3, 3}, {2, 1, 1, 2}, 1000);
  ASSERT_EQ(few.largest.size(), 5u);
  ASSERT_EQ(std::ssize(all.largest), all.nonzero);
  EXPECT_TRUE(std::equal(few.largest.begin(), few.largest.end(), all.largest.begin()));
  EXPECT_TRUE(std::ranges::is_sorted(all.largest, std::greater(),
                                     [](const GradientTerm& t) { return std::abs(t.product()); }));
  double sum = 0.0;
  for (const GradientTerm& t : all.largest) {
    EXPECT_EQ(t.channel, 2);
    EXPECT_EQ(t.input_channel, 1);
    EXPECT_EQ(t.gradient, error.at(t.n, t.channel, t.output.y, t.output.x));
    EXPECT_EQ(t.x, problem.input.at(t.n, t.input_channel, t.input.y, t.input.x));
    sum += t.product();
  }
  EXPECT_NEAR(all.products, sum, 1e-12);
}

RC_GTEST_PROP(ExplainGradient, SumsToTheGradientForAllOptions, ()) {
  const ConvCase c = arbitrary_case();
  const LearningProblem problem = random_problem(c.input, c.weight, 3, c.options, Reduction::kSum);
  const Tensor error = random_tensor(problem.target.shape(), 7);
  const Tensor gradient = reference::conv2d_grad_weight(problem.input, error, c.weight, c.options);
  const WeightPlace at{pick(0, c.weight.n - 1), pick(0, c.weight.c - 1), pick(0, c.weight.h - 1),
                       pick(0, c.weight.w - 1)};
  const GradientSum sum = explain_gradient(problem, error, c.weight, at);
  const auto expected = static_cast<double>(gradient.at(at.n, at.c, at.y, at.x));
  RC_ASSERT(std::abs(sum.products - expected) < 1e-5 * (1.0 + std::abs(expected)));
}

TEST(ExplainGradient, OneKernelSumsAllChannels) {
  Conv2dOptions options;
  options.groups = 3;
  const LearningProblem problem = random_problem({2, 3, 6, 6}, {3, 1, 2, 2}, 1, options);
  const Parameters at{random_tensor({1, 1, 2, 2}, 2), {0.5f}};
  const KernelLearner learner(problem, at);
  const GradientSum sum =
      explain_gradient(problem, learner.error(), at.weight.shape(), {0, 0, 1, 0});
  EXPECT_NEAR(sum.value(), learner.gradient().at(1, 0), 1e-6);
  EXPECT_EQ(sum.count, problem.target.numel());
  const GradientSum bias = explain_bias_gradient(problem, learner.error(), at.weight.shape(), 0);
  EXPECT_NEAR(bias.value(), learner.gradients().bias[0], 1e-6);
  EXPECT_EQ(bias.count, problem.target.numel());
}

TEST(ExplainGradient, OfABiasIsTheSumOfItsChannelsErrors) {
  const LearningProblem problem = random_problem({2, 2, 6, 6}, {3, 2, 2, 2}, 1);
  const Parameters at{random_tensor({3, 2, 2, 2}, 2), {0.5f, 0.25f, -1.0f}};
  const KernelLearner learner(problem, at);
  const GradientSum sum = explain_bias_gradient(problem, learner.error(), at.weight.shape(), 2);
  EXPECT_NEAR(sum.value(), learner.gradients().bias[2], 1e-6);
  EXPECT_EQ(sum.count, 2 * 25);
}

TEST(ExplainGradient, RefusesAnErrorOfAnotherShape) {
  const LearningProblem problem = edge_problem(Reduction::kSum);
  EXPECT_THROW(
      static_cast<void>(explain_gradient(problem, Tensor(Shape{1, 1, 6, 8}), kEdgeWeight, {})),
      Error);
}

// The cells that explain_gradient finds, against those that the grid holds.
RC_GTEST_PROP(SummedErrors, AreTheOutputsWhoseInputIsInside, ()) {
  const ConvCase c = arbitrary_case();
  const Yx weight{pick(0, c.weight.h - 1), pick(0, c.weight.w - 1)};
  LearningProblem problem{Tensor(c.input, 1.0f), {}, c.options, Reduction::kSum};
  const Shape out = conv2d_output_shape(c.input, c.weight, c.options);
  problem.target = Tensor(out);
  const GradientSum sum =
      explain_gradient(problem, Tensor(out, 1.0f), c.weight, {0, 0, weight.y, weight.x},
                       static_cast<std::size_t>(out.numel()));
  std::set<std::pair<Index, Index>> expected, found;
  for (const GradientTerm& term : sum.largest)
    expected.insert({term.output.y, term.output.x});
  const CellGrid grid = summed_errors(weight, c.options, c.input, out);
  for (Index y = 0; y < grid.count.y; ++y) {
    for (Index x = 0; x < grid.count.x; ++x)
      found.insert({grid.first.y + y * grid.step.y, grid.first.x + x * grid.step.x});
  }
  RC_ASSERT(found == expected);
}

}  // namespace
}  // namespace convscope::engine
