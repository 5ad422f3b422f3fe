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
  h.click("learning/target");
  h.click("learning/target/1");
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
  h.click("learning/loss/1");
  h.settle();
  EXPECT_NEAR(h.app().training()->loss, sum / 42.0, 1e-6);
}

}  // namespace
}  // namespace convscope
