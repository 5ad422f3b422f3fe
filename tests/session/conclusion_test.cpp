// Why a run has ended, in one sentence.
#include "app/session/conclusion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/session/training_runs.h"

namespace convscope::session {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Ended {
  std::unique_ptr<TrainingRun> run;
  StopReason reason = StopReason::kNone;
  std::string text;
};

// Runs a scene as a trainer does, at most so many steps.
Ended ended(const Scene& scene, Index most = 100'000) {
  Ended result;
  result.run = run_of(scene);
  TrainingRun& run = *result.run;
  EXPECT_TRUE(run.analyse());
  StopWatch watch;
  watch.start(0, run.loss());
  const LearningScene& learning = scene.learning;
  while (run.can_step() && result.reason == StopReason::kNone && run.step_count() < most) {
    run.step(learning.rate);
    if (run.can_step())
      result.reason = watch.check(learning.stop, run.step_count(), run.loss(), run.first_loss(),
                                  run.resting_loss());
  }
  result.text = run.can_step() ? conclusion_text(run, learning.rate, learning.stop, result.reason)
                               : run.message();
  return result;
}

// The edge with two cells of its target changed: no 1 x 2 kernel reaches that.
Scene unreachable() {
  Scene scene = default_scene();
  Tensor target(Shape{1, 1, 6, 7});
  target.at(0, 2) = 1.0f;
  target.at(1, 3) = 1.0f;
  scene.learning.target = LearningTarget::kPicture;
  scene.learning.picture = std::make_shared<const Tensor>(std::move(target));
  return scene;
}

TEST(Conclusion, WhatCanBeReachedHasConverged) {
  for (const OptimizerKind optimizer :
       {OptimizerKind::kSgd, OptimizerKind::kMomentum, OptimizerKind::kNesterov}) {
    Scene scene = default_scene();
    scene.learning.optimizer = optimizer;
    if (optimizer != OptimizerKind::kSgd) scene.learning.rate = 0.005f;
    const Ended end = ended(scene);
    EXPECT_EQ(end.text, "Converged after step " + std::to_string(end.run->step_count()) +
                            ": the loss no longer changes; what is left of it is rounding.")
        << name(optimizer);
    EXPECT_LT(end.run->distance(), 1e-5) << name(optimizer);
  }
}

TEST(Conclusion, TheLeastThatCanBeReachedIsSaid) {
  const Scene scene = unreachable();
  const Ended end = ended(scene);
  EXPECT_THAT(end.text, HasSubstr(": the least that any 1 × 2 kernel can reach is 2."));
  EXPECT_NEAR(end.run->loss(), end.run->analysis()->least.least, 1e-5);
  Scene biased = scene;
  biased.learning.bias = true;
  biased.learning.rate = 0.01f;
  EXPECT_THAT(ended(biased).text, HasSubstr("any 1 × 2 kernel with a bias can reach is 1.804."));
}

TEST(Conclusion, ALossThatNothingMovesIsItsLeast) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 6, 8});
  const Ended end = ended(scene);
  EXPECT_EQ(end.run->step_count(), StopWatch::kRestSteps);
  EXPECT_THAT(end.text, StartsWith("Converged after step 5: the loss no longer changes"));
}

TEST(Conclusion, ARateThatIsTooSmallIsSaid) {
  Scene scene = default_scene();
  scene.learning.rate = 5e-9f;
  EXPECT_EQ(ended(scene).text,
            "Paused after step 100: the loss has changed by less than 0.01 % in 100 steps, though "
            "it could reach 0; a larger rate gets there sooner.");
  scene.learning.rate = 1e-20f;
  EXPECT_EQ(ended(scene).text,
            "Paused after step 5: the loss no longer changes, though it could reach 0; a larger "
            "rate gets there sooner.");
}

TEST(Conclusion, AtTheCliffTheStepsSwing) {
  Scene scene = default_scene();
  // Only the sum of the weights matters: λ is 4 for a single cell of 1s.
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 1, 2}, 1.0f);
  scene.learning.rate = 0.5f;
  scene.learning.start = Tensor::from_rows({{1.0f, 1.0f}});
  const Ended end = ended(scene);
  EXPECT_THAT(end.text, HasSubstr("each step overshoots by as much as it corrects: η·λ = 2."));
  EXPECT_EQ(end.run->loss(), end.run->first_loss());
}

TEST(Conclusion, DivergenceSaysByHowMuchItIsTooMuch) {
  Scene scene = default_scene();
  scene.learning.rate = 0.04f;
  EXPECT_THAT(ended(scene).text,
              HasSubstr("each step overshoots by more than it corrects, as η·λ = 2.4 > 2. Choose a "
                        "rate below 0.0333 and press Reset."));
  scene.learning.rate = 0.03334f;
  EXPECT_THAT(ended(scene, 1'000'000).text, HasSubstr("η·λ = 2.0004 > 2"));
}

TEST(Conclusion, MomentumHasItsOwnCliff) {
  Scene scene = default_scene();
  scene.learning.optimizer = OptimizerKind::kMomentum;
  scene.learning.rate = 0.07f;
  EXPECT_THAT(ended(scene).text,
              HasSubstr("the steepest direction grows with each step, as η·λ = 4.2 > 2(1 + β) = "
                        "3.8. Choose a rate below 0.0633 and press Reset."));
  scene.learning.optimizer = OptimizerKind::kNesterov;
  scene.learning.rate = 0.03f;
  EXPECT_THAT(ended(scene).text, HasSubstr("η·λ = 1.8 > 2(1 + β)/(1 + 2β) = 1.36. Choose a rate "
                                           "below 0.0226"));
  scene.learning.optimizer = OptimizerKind::kAdam;
  scene.learning.rate = 1e37f;
  EXPECT_THAT(ended(scene).text, HasSubstr("Choose a smaller rate and press Reset."));
}

TEST(Conclusion, WithoutAnAnalysisOnlyThePlateauIsKnown) {
  Scene scene = default_scene();
  const auto run = run_of(scene);
  EXPECT_EQ(run->resting_loss(), std::nullopt);
  run->step(1e-9f);
  EXPECT_EQ(conclusion_text(*run, 1e-9f, {}, StopReason::kFlat),
            "Paused after step 1: the loss has changed by less than 0.01 % in 100 steps.");
}

}  // namespace
}  // namespace convscope::session
