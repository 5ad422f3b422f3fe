// Training by buttons and keys.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/panels/learning/cliff_offer.h"
#include "app/panels/learning/loss_panel.h"
#include "app/session/rate_verdict.h"
#include "app/session/training_pace.h"
#include "engine/core/patterns.h"
#include "engine/kernel_info/kernels.h"
#include "tests/app/app_harness.h"
#include "tests/engine/testing.h"
#include "tests/scene/learned_layer_scene.h"

namespace convscope::program {
namespace {

using ui::Key;

TEST(Learning, AStepIsGradientDescent) {
  AppHarness h;
  const TrainingSnapshotPtr before = h.app().live().training().snapshot;
  h.click("learning/step");
  h.settle();
  const TrainingSnapshotPtr after = h.app().live().training().snapshot;
  EXPECT_EQ(after->step, 1);
  for (Index x = 0; x < 2; ++x) {
    EXPECT_FLOAT_EQ(after->weight.at(0, x),
                    before->weight.at(0, x) - 0.03f * before->gradient.at(0, x));
  }
  EXPECT_LT(after->loss, before->loss);
}

TEST(Learning, RunsToTheHiddenKernelAndStopsOnSpace) {
  Scene scene = default_scene();
  scene.learning.stop.plateau = false;
  AppHarness h({1280, 720}, scene);
  h.key(Key::kSpace);
  while (h.app().live().training().snapshot->step < 200)
    h.frame();
  EXPECT_EQ(h.app().live().training().snapshot->state, TrainingState::kRunning);
  h.key(Key::kSpace);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->state, TrainingState::kPaused);
  EXPECT_NEAR(h.app().live().training().snapshot->weight.at(0, 0), 1.0f, 1e-4f);
  EXPECT_NEAR(h.app().live().training().snapshot->weight.at(0, 1), -1.0f, 1e-4f);
  const Index stopped = h.app().live().training().snapshot->step;
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, stopped);
}

TEST(Learning, ResetGoesBackToTheSameStart) {
  AppHarness h;
  const Tensor start = h.app().live().training().snapshot->weight;
  for (int i = 0; i < 3; ++i)
    h.key(Key::kS);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 3);
  h.key(Key::kR);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 0);
  EXPECT_EQ(h.app().live().training().snapshot->weight, start);
}

TEST(Learning, ReseedStartsElsewhere) {
  AppHarness h;
  const Tensor start = h.app().live().training().snapshot->weight;
  h.click("learning/reseed");
  h.settle();
  EXPECT_NE(h.app().live().training().snapshot->weight, start);
  EXPECT_EQ(h.app().live().training().snapshot->weight, random_weight({1, 1, 1, 2}, 2));
}

TEST(Learning, ARateBeyondTheCliffStopsWithASentence) {
  Scene scene = default_scene();
  scene.learning.rate = 0.5f;
  AppHarness h({1280, 720}, scene);
  h.click("learning/run");
  h.settle_run();
  EXPECT_EQ(h.app().live().training().snapshot->state, TrainingState::kDiverged);
  EXPECT_TRUE(h.has("learning/message"));
  for (const float w : h.app().live().training().snapshot->weight.values())
    EXPECT_TRUE(std::isfinite(w));
  h.click("learning/reset");
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->state, TrainingState::kPaused);
  EXPECT_FALSE(h.has("learning/message"));
}

TEST(Learning, TheKernelAboveCanBeTheTarget) {
  AppHarness h;
  h.click("learning/setup");
  h.click("learning/target");
  h.click("learning/target/1");
  h.key(Key::kEscape);
  h.key(Key::kEscape);
  h.frame(3);
  h.enter("kernel/weight/0/0", "3");
  h.key(Key::kSpace);
  h.settle_run();
  EXPECT_NEAR(h.app().live().training().snapshot->weight.at(0, 0), 3.0f, 1e-3f);
}

TEST(Learning, TheMeanOfTheErrorsIsTheirSumOverTheirCount) {
  AppHarness h;
  const double sum = h.app().live().training().snapshot->loss;
  h.click("learning/setup");
  h.click("learning/loss/1");
  h.settle();
  EXPECT_NEAR(h.app().live().training().snapshot->loss, sum / 42.0, 1e-6);
}

TEST(Learning, TheCliffOfTheNotebooksExperimentIsAtOneThirtieth) {
  AppHarness h;
  const TrainingSnapshotPtr training = h.app().live().training().snapshot;
  ASSERT_NE(training->analysis, nullptr);
  EXPECT_NEAR(training->analysis->spectrum.stable_rate, 1.0 / 30.0, 1e-12);
  EXPECT_NEAR(training->analysis->spectrum.best_rate, 1.0 / 36.0, 1e-12);
  EXPECT_TRUE(h.has("learning/rate/cliff"));
  EXPECT_TRUE(h.has("learning/verdict"));
}

TEST(Learning, BestRateIsTakenByAClick) {
  AppHarness h;
  h.click("learning/best-rate");
  h.settle();
  EXPECT_FLOAT_EQ(h.app().document().scene().learning.rate, 1.0f / 36.0f);
}

TEST(Learning, TheBestRateIsNoWarning) {
  AppHarness h;
  h.click("learning/best-rate");
  h.settle();
  const QuadraticAnalysis& zones = h.app().live().training().snapshot->analysis->spectrum;
  using Kind = panels::RateVerdict::Kind;
  const auto verdict = [&](double rate) {
    return panels::rate_verdict(panels::known_rates(&zones, {}), static_cast<float>(rate), nullptr);
  };
  EXPECT_EQ(verdict(1.0 / 36).text, "converges fastest");
  EXPECT_EQ(verdict(1.0 / 36).kind, Kind::kGood);
  EXPECT_EQ(verdict(1.0 / 61).text, "converges");
  EXPECT_EQ(verdict(1.0 / 50).text, "converges, swinging");
  EXPECT_EQ(verdict(1.0 / 50).kind, Kind::kGood);
  EXPECT_EQ(verdict(1.0 / 32).kind, Kind::kWarn);
  EXPECT_EQ(verdict(1.0 / 29).kind, Kind::kBad);
}

TEST(Learning, TheWordsOfTheAnalysisAreExplainedWhereTheyStand) {
  AppHarness h({1920, 1080});
  for (const char* item : {"learning/rate/best", "learning/rate/cliff", "learning/best-rate",
                           "learning/spectrum", "learning/verdict"}) {
    h.move({1, 1});
    h.frame(2);
    EXPECT_FALSE(h.has("tooltip")) << item;
    h.hover(item);
    EXPECT_TRUE(h.has("tooltip")) << item;
  }
}

TEST(Learning, ThePredictedLossIsTheMeasuredOne) {
  AppHarness h;
  for (int i = 0; i < 10; ++i)
    h.key(Key::kS);
  h.settle();
  const TrainingSnapshotPtr training = h.app().live().training().snapshot;
  for (const LossPoint& point : training->history) {
    const double predicted =
        training->analysis->prediction.after(static_cast<double>(point.step), 0.03f);
    EXPECT_NEAR(point.loss, predicted, 1e-4 * predicted) << point.step;
  }
}

TEST(Learning, AdamIsAnotherRunFromTheSameStart) {
  AppHarness h;
  const Tensor start = h.app().live().training().snapshot->start;
  h.click("loss/compare");
  h.click("loss/compare/7");  // this run as it is now
  h.click("learning/optimizer");
  h.click("learning/optimizer/3");
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->start, start);
  h.key(Key::kS);
  h.settle();
  // Adam's first step has the length of the rate in every weight.
  for (Index x = 0; x < 2; ++x)
    EXPECT_NEAR(std::abs(h.app().live().training().snapshot->weight.at(0, x) - start.at(0, x)),
                0.03f, 1e-6f);
  EXPECT_FALSE(h.has("learning/rate/cliff")) << "the cliff is plain gradient descent's";
}

TEST(Learning, AConstantInputTeachesTheSumOnly) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 6, 8}, 1.0f);
  AppHarness h({1920, 1080}, scene);
  EXPECT_TRUE(h.has("learning/learnable"));
  EXPECT_NEAR(h.app().live().training().snapshot->analysis->spectrum.largest, 168.0, 1e-9);
  EXPECT_EQ(h.app().live().training().snapshot->analysis->spectrum.rank, 1);
}

TEST(Learning, TheGradientIsCheckedWhenItPauses) {
  AppHarness h;
  ASSERT_TRUE(h.app().live().training().snapshot->check.has_value());
  EXPECT_TRUE(h.app().live().training().snapshot->check->passes());
  EXPECT_TRUE(h.has("learned/check"));
}

TEST(Learning, KeyframesGoBackAndForth) {
  AppHarness h;
  for (int i = 0; i < 5; ++i)
    h.key(Key::kS);
  h.settle();
  const Tensor last = h.app().live().training().snapshot->weight;
  h.click("learning/back");
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 4);
  h.key(Key::kLeft, true);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 3);
  h.key(Key::kRight, true);
  h.settle();
  h.click("learning/forth");
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 5);
  EXPECT_EQ(h.app().live().training().snapshot->weight, last);
}

TEST(Learning, ARuleEndsTheRunAndSaysSo) {
  Scene scene = default_scene();
  scene.learning.stop.steps = 12;
  AppHarness h({1280, 720}, scene);
  h.key(Key::kSpace);
  h.settle_run();
  EXPECT_EQ(h.app().live().training().snapshot->step, 12);
  EXPECT_EQ(h.app().live().training().snapshot->state, TrainingState::kPaused);
  EXPECT_TRUE(h.has("learning/notice"));
}

TEST(Learning, ARunConcludesByItselfAndSaysSo) {
  AppHarness h;
  h.click("learning/run");
  h.settle_run();
  const TrainingSnapshotPtr end = h.app().live().training().snapshot;
  EXPECT_EQ(end->notice.find("Converged after step "), 0u) << end->notice;
  EXPECT_TRUE(h.has("learning/notice"));
  EXPECT_EQ(end->state, TrainingState::kPaused);
}

TEST(Learning, TheVerdictChangesWithTheFacts) {
  AppHarness h;
  const auto verdict = [&] {
    const TrainingSnapshotPtr& training = h.app().live().training().snapshot;
    return panels::rate_verdict(panels::known_rates(&training->analysis->spectrum, {}),
                                h.app().document().scene().learning.rate, training.get())
        .text;
  };
  EXPECT_EQ(verdict(), "oscillates while converging");
  h.click("learning/run");
  h.settle_run();
  EXPECT_EQ(verdict(), "has converged");
  LearningScene learning = h.app().document().scene().learning;
  learning.rate = 0.04f;
  h.app().perform(Edit{learning});
  h.settle();
  EXPECT_EQ(verdict(), "diverges");
  h.click("learning/reset");
  h.settle();
  h.click("learning/run");
  h.settle_run();
  EXPECT_EQ(verdict(), "has diverged");
  learning.rate = 1.0f / 30.0f;
  h.app().perform(Edit{learning});
  h.click("learning/reset");
  h.settle();
  EXPECT_EQ(verdict(), "swings without end");
}

TEST(Learning, TheChartEndsAtRounding) {
  AppHarness h;
  h.click("learning/run");
  h.settle_run();
  const TrainingSnapshot& training = *h.app().live().training().snapshot;
  panels::LossPanelState state;
  panels::chart_points(training, {}, 0.03f, state);
  ASSERT_GT(state.rounding, 0.0);
  ASSERT_LT(state.losses.back(), state.rounding);
  EXPECT_EQ(state.charted_losses.back(), state.rounding);
  EXPECT_EQ(*std::ranges::min_element(state.predicted), state.rounding)
      << "in exact arithmetic it goes on";
  EXPECT_LT(state.charted_losses.front() / state.rounding, 1e16);
}

TEST(Learning, ALayerIsLearnedFromAStackInTheWindow) {
  Scene scene = learned_layer_scene();
  scene.learning.steps_per_frame = 50;
  fit_channels(scene);
  AppHarness h({1920, 1080}, scene);
  h.click("learning/best-rate");
  h.key(Key::kSpace);
  h.settle_run();
  EXPECT_LT(
      difference(h.app().live().training().snapshot->weight, first_layer(scene).kernel.weight),
      0.2);
  h.click("error/view/2");
  h.settle();
  EXPECT_TRUE(h.has("landscape/plane"));
  h.click("learned/exact");
  EXPECT_TRUE(h.has("learned/optimum/0/0"));
}

TEST(Learning, ASlowDirectionIsSaid) {
  Scene scene = default_scene();
  // Nearly constant: the difference of the weights hardly matters.
  Tensor input(Shape{1, 1, 12, 12});
  for (Index y = 0; y < 12; ++y) {
    for (Index x = 0; x < 12; ++x)
      input.at(y, x) = 1.0f + 0.01f * static_cast<float>((x * x + 3 * y) % 5);
  }
  scene.input.tensor = std::make_shared<const Tensor>(input);
  AppHarness h({1920, 1080}, scene);
  EXPECT_GT(h.app().live().training().snapshot->analysis->spectrum.condition, 1000.0);
  EXPECT_TRUE(h.has("learning/slow-direction"));
  AppHarness edge({1920, 1080});
  EXPECT_FALSE(edge.has("learning/slow-direction"));
  EXPECT_TRUE(edge.has("learning/spectrum"));
}

TEST(Learning, TheSumsCanBeCancelledByAButton) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 1080, 1920}, 1));
  scene.learning.hidden = random_tensor({1, 1, 15, 15}, 2);
  AppHarness h;
  h.app().perform(Edit{scene});
  h.app().perform(TrainingCommand::kCancel);
  h.settle();
  EXPECT_NE(h.app().live().training().snapshot->message.find("cancelled"), std::string::npos);
  EXPECT_TRUE(h.has("learning/message"));
  h.key(Key::kR);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->message, "");
  EXPECT_FALSE(h.app().live().training().snapshot->weight.empty());
}

}  // namespace
}  // namespace convscope::program
