// Training by buttons and keys.
#include <gtest/gtest.h>

#include <cmath>

#include "engine/kernels.h"
#include "tests/panels/app/app_harness.h"

namespace convscope {
namespace {

using ui::Key;

TEST(Learning, AStepIsGradientDescent) {
  AppHarness h;
  const TrainingSnapshotPtr before = h.app().training();
  h.click("learning/step");
  h.settle();
  const TrainingSnapshotPtr after = h.app().training();
  EXPECT_EQ(after->step, 1);
  for (Index x = 0; x < 2; ++x) {
    EXPECT_FLOAT_EQ(after->weight.at(0, x),
                    before->weight.at(0, x) - 0.03f * before->gradient.at(0, x));
  }
  EXPECT_LT(after->loss, before->loss);
}

TEST(Learning, RunsToTheHiddenKernelAndStopsOnSpace) {
  AppHarness h;
  h.key(Key::kSpace);
  while (h.app().training()->step < 200)
    h.frame();
  EXPECT_EQ(h.app().training()->state, TrainingState::kRunning);
  h.key(Key::kSpace);
  h.settle();
  EXPECT_EQ(h.app().training()->state, TrainingState::kPaused);
  EXPECT_NEAR(h.app().training()->weight.at(0, 0), 1.0f, 1e-4f);
  EXPECT_NEAR(h.app().training()->weight.at(0, 1), -1.0f, 1e-4f);
  const Index stopped = h.app().training()->step;
  h.settle();
  EXPECT_EQ(h.app().training()->step, stopped);
}

TEST(Learning, ResetGoesBackToTheSameStart) {
  AppHarness h;
  const Tensor start = h.app().training()->weight;
  for (int i = 0; i < 3; ++i)
    h.key(Key::kS);
  h.settle();
  EXPECT_EQ(h.app().training()->step, 3);
  h.key(Key::kR);
  h.settle();
  EXPECT_EQ(h.app().training()->step, 0);
  EXPECT_EQ(h.app().training()->weight, start);
}

TEST(Learning, ReseedStartsElsewhere) {
  AppHarness h;
  const Tensor start = h.app().training()->weight;
  h.click("learning/reseed");
  h.settle();
  EXPECT_NE(h.app().training()->weight, start);
  EXPECT_EQ(h.app().training()->weight, random_weight({1, 1, 1, 2}, 2));
}

TEST(Learning, ARateBeyondTheCliffStopsWithASentence) {
  Scene scene = default_scene();
  scene.learning.rate = 0.5f;
  AppHarness h({1280, 720}, scene);
  h.click("learning/run");
  h.settle();
  EXPECT_EQ(h.app().training()->state, TrainingState::kDiverged);
  EXPECT_TRUE(h.has("learning/message"));
  for (const float w : h.app().training()->weight.values())
    EXPECT_TRUE(std::isfinite(w));
  h.click("learning/reset");
  h.settle();
  EXPECT_EQ(h.app().training()->state, TrainingState::kPaused);
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
  while (h.app().training()->step < 300)
    h.frame();
  h.key(Key::kSpace);
  h.settle();
  EXPECT_NEAR(h.app().training()->weight.at(0, 0), 3.0f, 1e-3f);
}

TEST(Learning, TheMeanOfTheErrorsIsTheirSumOverTheirCount) {
  AppHarness h;
  const double sum = h.app().training()->loss;
  h.click("learning/setup");
  h.click("learning/loss/1");
  h.settle();
  EXPECT_NEAR(h.app().training()->loss, sum / 42.0, 1e-6);
}

TEST(Learning, TheCliffOfTheNotebooksExperimentIsAtOneThirtieth) {
  AppHarness h;
  const TrainingSnapshotPtr training = h.app().training();
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
  EXPECT_FLOAT_EQ(h.app().scene().learning.rate, 1.0f / 36.0f);
}

TEST(Learning, ThePredictedLossIsTheMeasuredOne) {
  AppHarness h;
  for (int i = 0; i < 10; ++i)
    h.key(Key::kS);
  h.settle();
  const TrainingSnapshotPtr training = h.app().training();
  for (const LossPoint& point : training->history) {
    const double predicted =
        training->analysis->prediction.after(static_cast<double>(point.step), 0.03f);
    EXPECT_NEAR(point.loss, predicted, 1e-4 * predicted) << point.step;
  }
}

TEST(Learning, DraggingOverTheChartGoesBackAndTheRunGoesOnTheSame) {
  AppHarness h;
  for (int i = 0; i < 12; ++i)
    h.key(Key::kS);
  h.settle();
  const Tensor last = h.app().training()->weight;
  const auto plot = h.rect("loss/plot/plot");
  h.click(ImVec2{plot.min.x + 1, (plot.min.y + plot.max.y) / 2});
  h.settle();
  const Index back = h.app().training()->step;
  EXPECT_LT(back, 2);
  EXPECT_EQ(h.app().training()->history.size(), 13u) << "the future stays to be looked at";
  for (Index i = back; i < 12; ++i)
    h.key(Key::kS);
  h.settle();
  EXPECT_EQ(h.app().training()->step, 12);
  EXPECT_EQ(h.app().training()->weight, last);
}

TEST(Learning, DraggingTheStartInTheLandscapeBeginsThere) {
  AppHarness h;
  h.click("error/view/1");
  h.settle();
  const auto plane = h.rect("landscape/plane");
  const ImVec2 middle = plane.center();
  h.drag(middle, {plane.min.x + 5, plane.min.y + 5});
  h.settle();
  const Tensor start = h.app().training()->start;
  EXPECT_EQ(start, h.app().scene().learning.start);
  EXPECT_EQ(h.app().training()->step, 0);
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(h.app().training()->start, random_weight({1, 1, 1, 2}, 1)) << "a drag is one step";
}

TEST(Learning, AdamIsAnotherRunFromTheSameStart) {
  AppHarness h;
  const Tensor start = h.app().training()->start;
  h.click("loss/keep");
  h.click("learning/optimizer");
  h.click("learning/optimizer/3");
  h.settle();
  EXPECT_EQ(h.app().training()->start, start);
  h.key(Key::kS);
  h.settle();
  // Adam's first step has the length of the rate in every weight.
  for (Index x = 0; x < 2; ++x)
    EXPECT_NEAR(std::abs(h.app().training()->weight.at(0, x) - start.at(0, x)), 0.03f, 1e-6f);
  EXPECT_FALSE(h.has("learning/rate/cliff")) << "the cliff is plain gradient descent's";
}

TEST(Learning, AConstantInputTeachesTheSumOnly) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 6, 8}, 1.0f);
  AppHarness h({1920, 1080}, scene);
  EXPECT_TRUE(h.has("learning/learnable"));
  EXPECT_NEAR(h.app().training()->analysis->spectrum.largest, 168.0, 1e-9);
  EXPECT_EQ(h.app().training()->analysis->spectrum.rank, 1);
}

TEST(Learning, TheGradientIsCheckedWhenItPauses) {
  AppHarness h;
  ASSERT_TRUE(h.app().training()->check.has_value());
  EXPECT_TRUE(h.app().training()->check->passes());
  EXPECT_TRUE(h.has("learned/check"));
}

}  // namespace
}  // namespace convscope
