// A pass of the learning against the reference, on every instruction set of the machine.
#include "engine/ops/fast/learn_path.h"

#include <cmath>
#include <optional>

#include "engine/learning/learning.h"
#include "engine/ops/conv2d_reference.h"
#include "tests/engine/ops/fast/cases.h"

namespace convscope::engine {
namespace {

struct Expected {
  Tensor error;
  Tensor grad_weight;
  std::vector<float> grad_bias;
  double squares = 0.0;
};

Expected reference_pass(const Tensor& input, const Tensor& target, const Tensor& weight,
                        std::span<const float> bias, const Conv2dOptions& options) {
  Expected e;
  e.error = reference::conv2d(input, weight, bias, options);
  for (Index i = 0; i < target.numel(); ++i) {
    e.error.data()[i] -= target.data()[i];
    e.squares += static_cast<double>(e.error.data()[i]) * static_cast<double>(e.error.data()[i]);
  }
  e.grad_weight = reference::conv2d_grad_weight(input, e.error, weight.shape(), options);
  if (!bias.empty()) e.grad_bias = reference::conv2d_grad_bias(e.error);
  return e;
}

// What differs most, as a share of the scale of its kind; infinite where one is NaN.
double difference_of(const fast::LearnPass& pass, const Expected& e) {
  const Shape biases{1, 1, 1, std::ssize(e.grad_bias)};
  const double squares = std::abs(pass.squares / e.squares - 1.0);
  return std::max({difference(pass.error, e.error),
                   difference_of_units(pass.grad_weight, e.grad_weight),
                   difference_of_units(Tensor(biases, pass.grad_bias), Tensor(biases, e.grad_bias)),
                   std::isfinite(squares) ? squares : INFINITY});
}

// Over all instruction sets; empty where the case fits none.
std::optional<double> worst_difference(const ConvCase& c) {
  const Tensor input = random_tensor(c.input, c.seed);
  const Tensor weight = random_tensor(c.weight, c.seed + 1);
  const Tensor bias = random_tensor({1, 1, 1, c.bias ? c.weight.n : 0}, c.seed + 2);
  const Tensor target =
      random_tensor(conv2d_output_shape(c.input, c.weight, c.options), c.seed + 3);
  const Expected expected = reference_pass(input, target, weight, bias.values(), c.options);
  std::optional<double> worst;
  for_each_target([&](const char*) {
    if (!fast::learn_fits(c.weight, c.options)) return;
    Conv2dWorkspace workspace;
    Tensor error(target.shape(), 1e30f);
    Tensor grad_weight(weight.shape(), 1e30f);
    std::vector<float> grad_bias(bias.values().size(), 1e30f);
    fast::LearnPass pass{error, grad_weight, grad_bias};
    const bool finished = fast::learn_path(input, target, weight, bias.values(), c.options, pass,
                                           workspace.scratch(), {});
    worst = std::max(worst.value_or(0.0), finished ? difference_of(pass, expected) : INFINITY);
  });
  return worst;
}

RC_GTEST_PROP(LearnPath, IsTheReference, ()) {
  const ConvCase c = draw_case({.size = 90, .kernel = 11, .dilations = false});
  RC_PRE(c.weight.c == 1);
  const std::optional<double> error = worst_difference(c);
  RC_PRE(error.has_value());
  if (!(*error <= 1e-4)) RC_LOG() << c << ": " << *error << '\n';
  RC_ASSERT(*error <= 1e-4);
}

// Several tiles across and down, and more of them than chunks.
TEST(LearnPath, IsTheReferenceOverManyTiles) {
  for (const PaddingMode mode : {PaddingMode::kZeros, PaddingMode::kReflect,
                                 PaddingMode::kReplicate, PaddingMode::kCircular}) {
    ConvCase c;
    c.input = {2, 2, 211, 531};
    c.weight = {4, 1, 7, 5};
    c.options.groups = 2;
    c.options.padding = {3, 2, 5, 40};
    c.options.padding_mode = mode;
    c.bias = true;
    EXPECT_LE(worst_difference(c).value_or(INFINITY), 1e-4) << c;
  }
}

// Large output is written past the caches.
TEST(LearnPath, IsTheReferenceWhereTheOutputIsLarge) {
  ConvCase c;
  c.input = {1, 1, 1026, 2050};
  c.weight = {1, 1, 3, 3};
  EXPECT_LE(worst_difference(c).value_or(INFINITY), 1e-4);
}

TEST(LearnPath, FitsWhatATileHolds) {
  EXPECT_TRUE(fast::learn_fits({4, 1, 7, 11}, {}));
  EXPECT_FALSE(fast::learn_fits({1, 1, 7, 12}, {}));
  EXPECT_FALSE(fast::learn_fits({1, 2, 3, 3}, {}));
  Conv2dOptions options;
  options.stride = {1, 2};
  EXPECT_FALSE(fast::learn_fits({1, 1, 3, 3}, options));
  options = {};
  options.dilation = {2, 1};
  EXPECT_FALSE(fast::learn_fits({1, 1, 3, 3}, options));
  options = {};
  options.transposed = true;
  EXPECT_FALSE(fast::learn_fits({1, 1, 3, 3}, options));
}

LearningProblem photo_problem() {
  LearningProblem problem;
  problem.input = random_tensor({1, 3, 70, 90}, 1);
  problem.options.groups = 3;
  problem.target = conv2d(problem.input, random_tensor({3, 1, 5, 5}, 2), {}, problem.options);
  problem.reduction = Reduction::kMean;
  return problem;
}

TEST(LearningPath, TilesLearnWhatSeparatePassesLearn) {
  const LearningProblem problem = photo_problem();
  for (const Index outputs : {1, 3}) {
    const Parameters start{random_tensor({outputs, 1, 5, 5}, 3),
                           std::vector<float>(static_cast<std::size_t>(outputs), 0.5f)};
    KernelLearner tiles(problem, start, {}, LearningPath::kTiles);
    KernelLearner separate(problem, start, {}, LearningPath::kSeparate);
    for (int i = 0; i < 20; ++i) {
      ASSERT_EQ(tiles.step(0.1f), StepOutcome::kStepped);
      ASSERT_EQ(separate.step(0.1f), StepOutcome::kStepped);
    }
    EXPECT_LE(difference(tiles.weight(), separate.weight()), 1e-5);
    EXPECT_LE(difference(tiles.error(), separate.error()), 1e-4);
    EXPECT_NEAR(tiles.loss() / separate.loss(), 1.0, 1e-5);
    EXPECT_NEAR(tiles.parameters().bias[0], separate.parameters().bias[0], 1e-5);
  }
}

TEST(LearningPath, TilesGiveTheSameBitsEachTime) {
  const LearningProblem problem = photo_problem();
  const Parameters start{random_tensor({3, 1, 5, 5}, 3), {0.0f, 0.0f, 0.0f}};
  KernelLearner first(problem, start, {}, LearningPath::kTiles);
  KernelLearner second(problem, start, {}, LearningPath::kTiles);
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(first.step(0.1f), StepOutcome::kStepped);
    ASSERT_EQ(second.step(0.1f), StepOutcome::kStepped);
  }
  EXPECT_EQ(first.parameters(), second.parameters());
  EXPECT_EQ(first.gradients(), second.gradients());
  EXPECT_EQ(first.loss(), second.loss());
}

TEST(LearningPath, ATokenStopsTiles) {
  const LearningProblem problem = photo_problem();
  KernelLearner learner(problem, Parameters{random_tensor({3, 1, 5, 5}, 3), {}}, {},
                        LearningPath::kTiles);
  const Parameters before = learner.parameters();
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(learner.step(0.1f, stop.get_token()), StepOutcome::kStopped);
  EXPECT_EQ(learner.parameters(), before);
}

}  // namespace
}  // namespace convscope::engine
