#include "engine/learning/momentum_analysis.h"

#include <Eigen/Eigenvalues>
#include <cmath>
#include <complex>
#include <numbers>

#include "engine/learning/gram_learner.h"
#include "engine/learning/quadratic_analysis.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/learning/problems.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

using testing::DoubleNear;

// A whole range from its first case on, with both ends likely.
double between(double lo, double hi) {
  const Index at = pick(0, 1000);
  return lo + (hi - lo) * static_cast<double>(at) / 1000.0;
}

Momentum arbitrary_momentum() {
  return {pick(0, 4) == 0 ? 0.0 : 1.0 - std::pow(10.0, between(-3.0, 0.0)), pick(0, 1) == 1};
}

// Reaches from far below the calm ones to beyond the cliff.
double arbitrary_reach() {
  return std::pow(10.0, between(-6.0, 0.8));
}

// Takes the steps of torch.optim.SGD in double, one after the other, along one eigenvector.
std::vector<double> stepped(const Momentum& m, double reach, int steps) {
  std::vector<double> errors{1.0};
  double error = 1.0;
  double buffer = 0.0;  // of gradients of reach · error at a rate of 1
  for (int t = 0; t < steps; ++t) {
    const double gradient = reach * error;
    buffer = m.beta * buffer + gradient;
    error -= m.nesterov ? gradient + m.beta * buffer : buffer;
    errors.push_back(error);
  }
  return errors;
}

std::complex<double> brute_root(const Momentum& m, double reach) {
  const std::array<double, 4> a = step_matrix(m, reach);
  Eigen::Matrix2d matrix;
  matrix << a[0], a[1], a[2], a[3];
  const Eigen::Vector2cd values = matrix.eigenvalues();
  return std::abs(values[0]) >= std::abs(values[1]) ? values[0] : values[1];
}

RC_GTEST_PROP(MomentumProperty, TheMatrixTakesTheStepsOfTorch, ()) {
  const Momentum m = arbitrary_momentum();
  const double reach = arbitrary_reach();
  const std::vector<double> errors = stepped(m, reach, 60);
  double bound = 1.0;
  for (int t = 0; t <= 60; ++t) {
    const double expected = errors[static_cast<std::size_t>(t)];
    bound = std::max(bound, std::abs(expected));
    RC_ASSERT(std::abs(error_after(m, reach, t) - expected) <= 1e-10 * bound);
  }
}

RC_GTEST_PROP(MomentumProperty, TheRootIsTheMatrixsSpectralRadius, ()) {
  const Momentum m = arbitrary_momentum();
  const double reach = arbitrary_reach();
  const std::complex<double> expected = brute_root(m, reach);
  const Root root = largest_root(m, reach);
  // Near a double root a rounding of 1e-16 moves the roots by 1e-8.
  RC_ASSERT(std::abs(root.modulus - std::abs(expected)) < 3e-8);
  RC_ASSERT(std::abs(std::abs(std::polar(root.modulus, root.angle).real()) -
                     std::abs(expected.real())) < 3e-7);
  RC_ASSERT(std::abs(std::exp(-decay(m, reach)) - root.modulus) < 1e-12);
}

RC_GTEST_PROP(MomentumProperty, TheEnvelopeHoldsAndIsReached, ()) {
  const Momentum m = arbitrary_momentum();
  const double reach = arbitrary_reach();
  const std::vector<double> errors = stepped(m, reach, 400);
  double nearest = 0.0;
  for (std::size_t t = 0; t < errors.size(); ++t) {
    const double envelope = envelope_after(m, reach, static_cast<double>(t));
    if (!(envelope > 1e-250) || !(envelope < 1e250)) break;
    RC_ASSERT(std::abs(errors[t]) <= envelope * (1.0 + 1e-7));
    nearest = std::max(nearest, std::abs(errors[t]) / envelope);
  }
  RC_ASSERT(nearest > 0.5);
}

// For any eigenvalue between the ends, one of the ends is as slow or slower.
RC_GTEST_PROP(MomentumProperty, TheEndsOfTheSpectrumDecide, ()) {
  const Momentum m = arbitrary_momentum();
  const double largest = std::pow(10.0, between(-2.0, 2.0));
  const double smallest = largest * std::pow(10.0, between(-6.0, 0.0));
  const double rate = arbitrary_reach() / largest;
  const double slowest = slowest_decay(m, rate, largest, smallest);
  for (int i = 0; i <= 200; ++i) {
    const double inside = smallest * std::pow(largest / smallest, i / 200.0);
    RC_ASSERT(decay(m, rate * inside) >= slowest - 1e-12 * std::abs(slowest) - 1e-14);
  }
}

RC_GTEST_PROP(MomentumProperty, TheCliffAndTheCalmAreWhereTheRunsSaySo, ()) {
  const Momentum m = arbitrary_momentum();
  const double cliff = cliff_reach(m);
  RC_ASSERT(decay(m, cliff * (1.0 - 1e-6)) > 0.0);
  RC_ASSERT(decay(m, cliff * (1.0 + 1e-6)) < 0.0);
  RC_ASSERT(std::abs(decay(m, cliff)) < 1e-12);
  RC_ASSERT(std::abs(brute_root(m, cliff * (1.0 - 1e-6))) < 1.0);
  RC_ASSERT(std::abs(brute_root(m, cliff * (1.0 + 1e-6))) > 1.0);
  const double calm = calm_reach(m);
  const Root below = largest_root(m, calm * (1.0 - 1e-6));
  RC_ASSERT(!below.pair && below.angle == 0.0);
  const Root above = largest_root(m, calm * (1.0 + 1e-6) + 1e-9);
  RC_ASSERT(above.pair || above.angle > 0.0);
}

RC_GTEST_PROP(MomentumProperty, NoRateIsBetterThanTheBestOne, ()) {
  const Momentum m = arbitrary_momentum();
  const double largest = std::pow(10.0, between(-2.0, 2.0));
  const double smallest = largest * std::pow(10.0, between(-5.0, 0.0));
  const MomentumRates rates = momentum_rates(m, largest, smallest);
  const double best = slowest_decay(m, rates.best, largest, smallest);
  RC_ASSERT(rates.calm <= rates.best * (1.0 + 1e-12) && rates.best <= rates.stable);
  for (int i = -100; i <= 100; ++i) {
    const double rate = rates.best * std::pow(10.0, i / 50.0);
    RC_ASSERT(slowest_decay(m, rate, largest, smallest) <= best * (1.0 + 1e-6) + 1e-14);
  }
}

RC_GTEST_PROP(MomentumProperty, NoPairIsBetterThanTheBestPoint, ()) {
  const bool nesterov = pick(0, 1) == 1;
  const double largest = std::pow(10.0, between(-2.0, 2.0));
  const double smallest = largest * std::pow(10.0, between(-4.0, -0.01));
  const BestMomentum best = best_momentum(nesterov, largest, smallest);
  const double at = slowest_decay({best.beta, nesterov}, best.rate, largest, smallest);
  // The best point has double roots, where rounding counts with its square root.
  RC_ASSERT(std::abs(at - best.decay) <= 1e-6 * best.decay + 1e-7);
  for (int i = 0; i < 40; ++i) {
    const Momentum m{between(0.0, 0.999), nesterov};
    const double rate = cliff_reach(m) / largest * between(0.0, 1.0);
    RC_ASSERT(slowest_decay(m, rate, largest, smallest) <= best.decay * (1.0 + 1e-6) + 1e-7);
  }
}

// At double roots, and beside them, the error first grows with the steps. At a reach of 1 both of
// Nesterov's roots are 0, and the first step's error is all that is left.
TEST(Momentum, TheEnvelopeHoldsWhereTheRootsMeet) {
  for (const bool nesterov : {false, true}) {
    for (const double beta : {0.001, 0.1, 0.5, 0.9, 0.99, 0.999}) {
      const Momentum m{beta, nesterov};
      const double high = 1.0 + std::sqrt(beta);
      for (const double reach : {1.0, calm_reach(m), high * high, cliff_reach(m)}) {
        for (const double beside : {0.0, -1e-15, 1e-15, -1e-12, 1e-12, -1e-6, 1e-6}) {
          const std::vector<double> errors = stepped(m, reach * (1.0 + beside), 60);
          for (std::size_t t = 0; t < errors.size(); ++t) {
            const double envelope =
                envelope_after(m, reach * (1.0 + beside), static_cast<double>(t));
            EXPECT_LE(std::abs(errors[t]), envelope * (1.0 + 1e-7) + 1e-14)
                << nesterov << ' ' << beta << ' ' << reach << ' ' << beside << ' ' << t;
          }
        }
      }
    }
  }
  const Momentum nesterov{0.9, true};
  EXPECT_EQ(envelope_after(nesterov, 1.0, 0), 1.0);
  EXPECT_DOUBLE_EQ(envelope_after(nesterov, 1.0, 1), 0.9);
  EXPECT_EQ(envelope_after(nesterov, 1.0, 2), 0.0);
  EXPECT_EQ(error_after(nesterov, 1.0, 1), -0.9);
  EXPECT_EQ(error_after(nesterov, 1.0, 2), 0.0);
}

TEST(Momentum, WithoutBetaItIsPlainGradientDescent) {
  for (const bool nesterov : {false, true}) {
    const Momentum none{0.0, nesterov};
    EXPECT_EQ(cliff_reach(none), 2.0);
    EXPECT_EQ(calm_reach(none), 1.0);
    const MomentumRates rates = momentum_rates(none, 60, 12);
    EXPECT_NEAR(rates.best, 1.0 / 36, 1e-12);
    EXPECT_DOUBLE_EQ(rates.stable, 1.0 / 30);
    EXPECT_DOUBLE_EQ(rates.calm, 1.0 / 60);
    for (const double reach : {0.1, 0.9, 1.5, 2.5}) {
      EXPECT_DOUBLE_EQ(largest_root(none, reach).modulus, std::abs(1.0 - reach));
      EXPECT_EQ(error_after(none, reach, 7), std::pow(1.0 - reach, 7));
      EXPECT_DOUBLE_EQ(envelope_after(none, reach, 7), std::pow(std::abs(1.0 - reach), 7));
    }
  }
}

TEST(Momentum, PolyaksBestPoint) {
  const BestMomentum best = best_momentum(false, 100, 1);  // κ = 100
  EXPECT_NEAR(best.beta, 81.0 / 121, 1e-15);
  EXPECT_NEAR(best.rate, 4.0 / 121, 1e-15);
  EXPECT_NEAR(std::exp(-best.decay), 9.0 / 11, 1e-15);
  EXPECT_NEAR(steps_for_digit(best.decay), std::log(10) / (2 * std::log(11.0 / 9)), 1e-12);
}

TEST(Momentum, WithOneEigenvalueTheBestPointIsOneStep) {
  for (const bool nesterov : {false, true}) {
    const BestMomentum best = best_momentum(nesterov, 4, 4);
    EXPECT_EQ(best.rate, 0.25);
    EXPECT_EQ(best.beta, 0.0);
    EXPECT_EQ(best.decay, INFINITY);
    EXPECT_EQ(momentum_rates({0.0, nesterov}, 4, 4).best, 0.25);
  }
}

TEST(Momentum, AmongEquallyFastRatesTheMiddleIsTheBest) {
  const Momentum m{0.81, false};  // rates from 0.01/1 to 3.61/10 are equally fast
  const MomentumRates rates = momentum_rates(m, 10, 1);
  EXPECT_NEAR(rates.best, std::sqrt(0.01 * 0.361), 1e-12);
  EXPECT_NEAR(slowest_decay(m, rates.best, 10, 1), -std::log(0.9), 1e-12);
  EXPECT_NEAR(momentum_rates({0.01, false}, 10, 1).best, 2.02 / 11, 1e-12)
      << "less than the best β";
}

TEST(Momentum, ARootsAngleIsHowFastItRings) {
  const Root root = largest_root({0.9, false}, 0.04);
  EXPECT_TRUE(root.pair);
  EXPECT_NEAR(root.modulus, std::sqrt(0.9), 1e-15);
  EXPECT_NEAR(root.angle, std::acos(1.86 / 2 / std::sqrt(0.9)), 1e-12);
  EXPECT_EQ(largest_root({0.9, false}, 3.85).angle, std::numbers::pi);
}

TEST(Momentum, AdamHasNone) {
  EXPECT_FALSE(momentum_of({.kind = OptimizerKind::kAdam}));
  EXPECT_EQ(momentum_of({.kind = OptimizerKind::kSgd, .momentum = 0.5}), Momentum{});
  EXPECT_EQ(momentum_of({.kind = OptimizerKind::kNesterov, .momentum = 0.5}),
            (Momentum{0.5, true}));
}

TEST(Momentum, TinyReachesKeepTheirDecay) {
  // Far below the calm reach the error shrinks by x/(1 − β) a step, as at a rate η/(1 − β).
  EXPECT_NEAR(decay({0.9, false}, 1e-20) / 1e-19, 1.0, 1e-12);
  EXPECT_NEAR(decay({0.9, true}, 1e-20) / 1e-19, 1.0, 1e-12);
  EXPECT_EQ(steps_for_digit(decay({0.9, false}, 0.0)), INFINITY);
  EXPECT_EQ(steps_for_digit(-0.5), INFINITY);
}

// The optimizer on the quadratic in double: what the learners in float come near to.
std::vector<double> losses_in_double(const QuadraticLoss& loss, const Parameters& start,
                                     const Momentum& m, double rate, int steps) {
  std::vector<double> w = loss.flattened(start);
  std::vector<double> gradient(w.size());
  std::vector<double> buffer(w.size(), 0.0);
  std::vector<double> losses;
  for (int t = 0; t <= steps; ++t) {
    losses.push_back(loss.evaluate(w, gradient));
    for (std::size_t k = 0; k < w.size(); ++k) {
      buffer[k] = m.beta * buffer[k] + gradient[k];
      w[k] -= rate * (m.nesterov ? gradient[k] + m.beta * buffer[k] : buffer[k]);
    }
  }
  return losses;
}

RC_GTEST_PROP(MomentumProperty, ThePredictionIsTheRunInDouble, ()) {
  const Momentum m = arbitrary_momentum();
  const Shape weight{pick(1, 2), pick(1, 2), pick(1, 3), pick(1, 3)};
  const LearningProblem problem =
      random_problem({1, weight.c, 7, 8}, weight, static_cast<std::uint64_t>(pick(0, 999)));
  const bool bias = pick(0, 1) == 1;
  const QuadraticLoss loss = QuadraticLoss::build(problem, weight, bias).value();
  const QuadraticAnalysis analysis = analyse(loss);
  const Parameters start{random_tensor(weight, 77),
                         std::vector<float>(bias ? static_cast<std::size_t>(weight.n) : 0, 0.5f)};
  const LossPrediction prediction(loss, analysis, start);
  const double rate = cliff_reach(m) / analysis.largest * between(0.01, 1.2);
  const std::vector<double> losses = losses_in_double(loss, start, m, rate, 80);
  for (int t = 0; t <= 80; ++t) {
    const double expected = losses[static_cast<std::size_t>(t)];
    RC_ASSERT(std::abs(prediction.after(t, rate, m) - expected) <=
              1e-8 * (expected + losses[0]) + 1e-12 * loss.c());
  }
}

class PredictedRun : public testing::TestWithParam<OptimizerOptions> {};

TEST_P(PredictedRun, IsWhatTheOptimizerDoes) {
  const auto loss = std::make_shared<const QuadraticLoss>(
      QuadraticLoss::build(edge_problem(Reduction::kSum), {1, 1, 1, 2}, false).value());
  const Parameters start{Tensor::from_rows({{0.3f, 0.5f}}), {}};
  const QuadraticAnalysis analysis = analyse(*loss);
  const LossPrediction prediction(*loss, analysis, start);
  const Momentum m = momentum_of(GetParam()).value();
  for (const double share : {0.05, 0.5, 0.98, 1.1}) {
    const auto rate = static_cast<double>(static_cast<float>(share * cliff_reach(m) / 60));
    GramLearner learner(loss, start);
    Optimizer optimizer(GetParam());
    for (int t = 0; t <= 60; ++t) {
      const double expected = prediction.after(t, rate, m);
      EXPECT_NEAR(learner.loss(), expected, 4e-3 * expected + 1e-8) << share << ' ' << t;
      const std::vector<double> errors = errors_along(*loss, analysis, learner.parameters());
      const std::vector<double> first = errors_along(*loss, analysis, start);
      // Rounding of the largest error, which may grow, is in all of them.
      const double size = std::max(1.0, envelope_after(m, rate * analysis.largest, t));
      for (std::size_t k = 0; k < errors.size(); ++k) {
        const double reach = rate * analysis.groups[0].values[k];
        EXPECT_NEAR(errors[k], first[k] * error_after(m, reach, t), 1e-4 * size);
      }
      ASSERT_EQ(step(learner, optimizer, rate), StepOutcome::kStepped);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, PredictedRun,
                         testing::Values(OptimizerOptions{OptimizerKind::kSgd},
                                         OptimizerOptions{OptimizerKind::kMomentum, 0.0},
                                         OptimizerOptions{OptimizerKind::kMomentum, 0.5},
                                         OptimizerOptions{OptimizerKind::kMomentum, 0.95},
                                         OptimizerOptions{OptimizerKind::kNesterov, 0.0},
                                         OptimizerOptions{OptimizerKind::kNesterov, 0.5},
                                         OptimizerOptions{OptimizerKind::kNesterov, 0.95}));

TEST(Momentum, ErrorsAlongTheEigenvectorsMakeTheParametersAgain) {
  const Shape weight{2, 1, 2, 2};
  const LearningProblem problem = random_problem({1, 1, 6, 7}, weight, 4);
  const QuadraticLoss loss = QuadraticLoss::build(problem, weight, true).value();
  const QuadraticAnalysis analysis = analyse(loss);
  const Parameters at{random_tensor(weight, 5), {0.25f, -0.5f}};
  const std::vector<double> errors = errors_along(loss, analysis, at);
  const std::vector<double> flat = loss.flattened(at);
  const auto n = static_cast<std::size_t>(loss.size());
  for (std::size_t i = 0; i < flat.size(); ++i) {
    double sum = analysis.optimum[i];
    for (std::size_t k = 0; k < n; ++k)
      sum += errors[i / n * n + k] * analysis.groups[0].vectors[k * n + i % n];
    EXPECT_NEAR(sum, flat[i], 1e-12);
  }
}

TEST(Momentum, PredictionsOfManyStepsAreQuickAndFinite) {
  const QuadraticLoss loss =
      QuadraticLoss::build(edge_problem(Reduction::kSum), {1, 1, 1, 2}, false).value();
  const LossPrediction prediction(loss, analyse(loss), {Tensor::from_rows({{0.3f, 0.5f}}), {}});
  EXPECT_NEAR(prediction.after(1e9, 0.03, {0.9, false}), 0.0, 1e-12);
  EXPECT_EQ(prediction.after(1e9, 0.08, {0.9, false}), INFINITY);
  EXPECT_EQ(prediction.after(1e9, 0.08, {0.9, true}), INFINITY);
}

}  // namespace
}  // namespace convscope::engine
