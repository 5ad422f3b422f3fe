// Learning: the rate beside the cliff, and what Setup offers.
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

// As many cells as a photograph has.
Scene scene_of_many_cells() {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(make_pattern("noise", {120, 160}, 3));
  return scene;
}

float rate_of_next_step(const AppHarness& h) {
  const TrainingSnapshotPtr& training = h.app().live().training().snapshot;
  return step_rate(training_pace(h.app().document().scene().learning),
                   &training->analysis->spectrum);
}

TEST(Learning, ASumOverManyCellsSaysThatItMovesTheCliffAndOffersTheMean) {
  AppHarness h({1280, 720}, scene_of_many_cells());
  const double cliff = h.app().live().training().snapshot->analysis->spectrum.stable_rate;
  ASSERT_LT(cliff, 0.001);
  ASSERT_TRUE(h.has("learning/cliff-moved"));
  const auto card = h.rect("card/learning");
  for (const char* item : {"learning/cliff-moved", "learning/take-mean", "learning/take-share"})
    EXPECT_LE(h.rect(item).max.y, card.max.y) << item;
  h.click("learning/take-mean");
  h.settle();
  EXPECT_EQ(h.app().document().scene().learning.reduction, Reduction::kMean);
  EXPECT_NEAR(h.app().live().training().snapshot->analysis->spectrum.stable_rate, cliff * 120 * 159,
              1e-6);
  EXPECT_FALSE(h.has("learning/cliff-moved"));
}

TEST(Learning, ARateAsAShareOfTheCliffKeepsItsMeaning) {
  AppHarness h({1280, 720}, scene_of_many_cells());
  h.click("learning/take-share");
  h.settle();
  EXPECT_EQ(h.app().document().scene().learning.share_of_cliff, 0.9f);
  EXPECT_FALSE(h.has("learning/cliff-moved"));
  const auto cliff = [&] {
    return h.app().live().training().snapshot->analysis->spectrum.stable_rate;
  };
  EXPECT_NEAR(rate_of_next_step(h), 0.9 * cliff(), 1e-6 * cliff());
  h.app().perform(Edit{default_scene().input});
  h.settle();
  EXPECT_NEAR(cliff(), 1.0 / 30.0, 1e-12);
  EXPECT_FLOAT_EQ(rate_of_next_step(h), 0.03f);
  const TrainingSnapshotPtr before = h.app().live().training().snapshot;
  h.click("learning/step");
  h.settle();
  EXPECT_FLOAT_EQ(h.app().live().training().snapshot->weight.at(0, 0),
                  before->weight.at(0, 0) - 0.03f * before->gradient.at(0, 0));
}

TEST(Learning, TheLessonsSumDoesNotMoveTheCliff) {
  AppHarness h;
  const panels::KnownRates zones =
      panels::known_rates(&h.app().live().training().snapshot->analysis->spectrum, {}).value();
  LearningScene learning = h.app().document().scene().learning;
  EXPECT_FALSE(h.has("learning/cliff-moved"));
  learning.rate = 0.04f;
  EXPECT_FALSE(panels::is_cliff_moved(zones, learning, 42));
  EXPECT_TRUE(panels::is_cliff_moved(zones, learning, 300)) << "it diverges";
  learning.rate = 0.03f;
  EXPECT_FALSE(panels::is_cliff_moved(zones, learning, 300));
  EXPECT_TRUE(panels::is_cliff_moved(zones, learning, 3000));
  learning.reduction = Reduction::kMean;
  EXPECT_FALSE(panels::is_cliff_moved(zones, learning, 3000));
}

TEST(Learning, SetupSwitchesBetweenANumberAndAShareAtTheSameRate) {
  AppHarness h;
  h.click("learning/setup");
  h.click("learning/rate-kind/1");
  EXPECT_EQ(h.app().document().scene().learning.share_of_cliff, 0.9f);
  h.key(Key::kEscape);
  h.click("learning/best-rate");
  h.settle();
  EXPECT_NEAR(h.app().document().scene().learning.share_of_cliff, 30.0f / 36.0f, 1e-3f);
  const float rate = rate_of_next_step(h);
  h.click("learning/setup");
  h.click("learning/rate-kind/0");
  EXPECT_EQ(h.app().document().scene().learning.share_of_cliff, 0.0f);
  EXPECT_EQ(h.app().document().scene().learning.rate, rate);
}

TEST(Learning, SetupHasSpeedsBelowAStepAFrame) {
  AppHarness h;
  const auto learning = [&]() -> const LearningScene& {
    return h.app().document().scene().learning;
  };
  h.click("learning/setup");
  h.click("learning/speed/0");
  EXPECT_EQ(learning().steps_per_second, 1);
  h.click("learning/speed/1");
  EXPECT_EQ(learning().steps_per_second, 5);
  h.enter("learning/steps", "20");
  EXPECT_EQ(learning().steps_per_second, 0);
  EXPECT_EQ(learning().steps_per_frame, 20);
}

TEST(Learning, SetupHasTheRulesThatPauseARun) {
  AppHarness h;
  h.click("learning/setup");
  h.enter("learning/stop-loss", "0.5");
  h.enter("learning/stop-steps", "300");
  h.click("learning/stop-plateau");
  EXPECT_EQ(h.app().document().scene().learning.stop, (StopRules{0.5f, 300, true}));
  EXPECT_EQ(h.app().live().training().snapshot->step, 0);
  h.key(Key::kEscape);
  h.key(Key::kSpace);
  h.settle_run();
  EXPECT_LT(h.app().live().training().snapshot->loss, 0.5);
  EXPECT_NE(h.app().live().training().snapshot->notice.find("below 0.5"), std::string::npos);
}

}  // namespace
}  // namespace convscope::program
