#include "app/session/known_rates.h"

#include <gmock/gmock.h>

#include "app/session/rate_verdict.h"
#include "app/session/training_pace.h"
#include "tests/session/training_runs.h"

namespace convscope::session {
namespace {

using testing::HasSubstr;

OptimizerOptions momentum_of_beta(double beta, OptimizerKind kind = OptimizerKind::kMomentum) {
  return {.kind = kind, .momentum = beta};
}

// λmax is 60 and λmin 12, as of the notebook's edge.
KnownRates known(const OptimizerOptions& optimizer) {
  QuadraticAnalysis spectrum;
  spectrum.largest = 60;
  spectrum.smallest = 12;
  return known_rates(&spectrum, optimizer).value();
}

std::string verdict(const OptimizerOptions& optimizer, double rate) {
  return rate_verdict(known(optimizer), static_cast<float>(rate), nullptr).text;
}

TEST(KnownRates, NothingOfAdamAndNothingWithoutEigenvalues) {
  const QuadraticAnalysis none;
  EXPECT_FALSE(known_rates(nullptr, {}));
  EXPECT_FALSE(known_rates(&none, {})) << "they are all 0";
  QuadraticAnalysis spectrum;
  spectrum.largest = spectrum.smallest = 1;
  EXPECT_FALSE(known_rates(&spectrum, {.kind = OptimizerKind::kAdam}));
  EXPECT_TRUE(known_rates(&spectrum, {.kind = OptimizerKind::kNesterov}));
}

TEST(KnownRates, WithoutMomentumTheZonesArePlainGradientDescents) {
  EXPECT_DOUBLE_EQ(known({}).rates.calm, 1.0 / 60);
  EXPECT_DOUBLE_EQ(known({}).rates.best, 1.0 / 36);
  EXPECT_DOUBLE_EQ(known({}).rates.stable, 1.0 / 30);
  EXPECT_EQ(cliff_formula(known({})), "2");
}

TEST(RateVerdict, FollowsTheMomentum) {
  const OptimizerOptions momentum = momentum_of_beta(0.9);
  EXPECT_EQ(verdict(momentum, 0.00004), "converges");
  EXPECT_EQ(verdict(momentum, 0.01), "rings while converging");
  EXPECT_EQ(verdict(momentum, known(momentum).rates.best), "converges fastest");
  EXPECT_EQ(verdict(momentum, 3.8 / 60), "swings without end");
  EXPECT_EQ(verdict(momentum, 0.064), "diverges");
  EXPECT_EQ(verdict({}, 0.064), "diverges");
  EXPECT_EQ(verdict(momentum, 0.05), "rings while converging") << "without momentum it diverges";
  const OptimizerOptions nesterov = momentum_of_beta(0.9, OptimizerKind::kNesterov);
  EXPECT_EQ(verdict(nesterov, 0.05), "diverges") << "its cliff is 2(1 + β)/((1 + 2β)·λmax)";
  EXPECT_EQ(verdict(nesterov, 0.02), "rings while converging");
}

TEST(RateReason, TellsThePairOfRoots) {
  const RateReason reason = rate_reason(known(momentum_of_beta(0.9)), 0.04 / 60);
  EXPECT_EQ(
      reason.sentence,
      "Rings: β = 0.9 puts the steepest direction's pair of roots at 0.949 ∠ 11°, once around "
      "in 32 steps; the slowest direction loses 5.1 % a step.");
  EXPECT_EQ(reason.brief, "Steepest rings at 0.949 ∠ 11°, slowest loses 5.1 % a step");
  EXPECT_EQ(reason.tight, "Steepest: 0.949 ∠ 11°, slowest: −5.1 % a step");
}

TEST(RateReason, SaysWhoseRootAndWhoseLossItIsHoweverShort) {
  const RateReason swings = rate_reason(known({}), 1.5 / 60);
  EXPECT_EQ(swings.brief, "Steepest swings at −0.5, slowest loses 30 % a step");
  EXPECT_EQ(swings.tight, "Steepest: −0.5, slowest: −30 % a step");
  const RateReason grows = rate_reason(known({}), 2.5 / 60);
  EXPECT_EQ(grows.brief, "Steepest swings at −1.5, grows by 50 % a step");
  EXPECT_EQ(grows.tight, "Steepest: −1.5, +50 % a step");
  EXPECT_EQ(rate_reason(known({}), 0.01 / 12).tight, "Nothing rings, slowest loses 1 % a step");
}

TEST(RateReason, TellsWhatTheSlowestDirectionLoses) {
  EXPECT_EQ(rate_reason(known({}), 0.01 / 12).sentence,
            "Nothing rings: the slowest direction loses 1 % a step.");
  EXPECT_EQ(
      rate_reason(known({}), 1.5 / 60).sentence,
      "Swings: the steepest direction changes sign every step, with the root −0.5; the slowest "
      "direction loses 30 % a step.");
  EXPECT_THAT(rate_reason(known(momentum_of_beta(0.5)), 3.3 / 60).sentence,
              HasSubstr("; the steepest direction grows by "));
}

TEST(SnapshotAlong, IsTheErrorAlongEachEigenvector) {
  Scene scene = noise_scene(OptimizerKind::kMomentum);
  scene.learning.tuning.momentum = 0.8f;
  scene.learning.rate = 0.001f;
  const auto run = run_of(scene);
  EXPECT_TRUE(snapshot_of(*run, false).along.empty());
  run->analyse();
  const TrainingAnalysis& analysis = *run->analysis();
  EXPECT_EQ(snapshot_of(*run, false).along, analysis.start_along);
  for (int i = 0; i < 25; ++i)
    run->step(scene.learning.rate);
  const std::vector<double> along = snapshot_of(*run, false).along;
  double squares = 0.0;
  for (std::size_t k = 0; k < along.size(); ++k) {
    const double reach =
        static_cast<double>(scene.learning.rate) * analysis.spectrum.groups[0].values[k];
    EXPECT_NEAR(along[k], analysis.start_along[k] * error_after({0.8, false}, reach, 25), 1e-4);
    squares += along[k] * along[k];
  }
  EXPECT_NEAR(std::sqrt(squares), run->distance(), 1e-9);
}

TEST(Setup, TheOptimizersSettingsReachTheRun) {
  Scene scene = noise_scene(OptimizerKind::kAdam);
  scene.learning.tuning = {0.5f, 0.8f, 0.95f, 1e-3f};
  EXPECT_EQ(run_of(scene)->optimizer().options(),
            (OptimizerOptions{OptimizerKind::kAdam, 0.5, 0.8, 0.95, 1e-3}));
  EXPECT_EQ(run_of(noise_scene(OptimizerKind::kAdam))->optimizer().options(),
            OptimizerOptions{OptimizerKind::kAdam})
      << "PyTorch's, to the bit";
}

TEST(Pace, AShareOfTheCliffIsOfThatOfTheMomentum) {
  Scene scene = noise_scene(OptimizerKind::kMomentum);
  scene.learning.share_of_cliff = 0.5f;
  QuadraticAnalysis spectrum;
  spectrum.largest = 40;
  EXPECT_FLOAT_EQ(step_rate(training_pace(scene.learning), &spectrum), 0.5f * 3.8f / 40);
  scene.learning.optimizer = OptimizerKind::kSgd;
  EXPECT_FLOAT_EQ(step_rate(training_pace(scene.learning), &spectrum), 0.5f * 2.0f / 40);
  scene.learning.optimizer = OptimizerKind::kAdam;
  EXPECT_FLOAT_EQ(step_rate(training_pace(scene.learning), &spectrum), 0.5f * 2.0f / 40);
}

}  // namespace
}  // namespace convscope::session
