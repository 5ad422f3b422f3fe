// What the cards of the learning say, and that there is room for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "app/panels/learning/learning_title.h"
#include "app/program/figures.h"
#include "engine/kernel_info/kernels.h"
#include "tests/app/app_harness.h"
#include "tests/random_tensor.h"

namespace convscope::program {
namespace {

using ui::Key;

TEST(LearningCards, SlowMotionShowsTheKernelThatMakesThePrediction) {
  AppHarness h;
  EXPECT_TRUE(h.has("kernel/weight"));
  h.key(Key::kD);
  h.settle();
  ASSERT_TRUE(h.has("prediction"));
  EXPECT_TRUE(h.has("kernel/learned"));
  EXPECT_FALSE(h.has("kernel/weight")) << "it makes another output";
  EXPECT_TRUE(h.has("pooled/not-prediction"));
  h.key(Key::kD);
  h.settle();
  EXPECT_TRUE(h.has("kernel/weight"));
  EXPECT_FALSE(h.has("pooled/not-prediction"));
}

TEST(LearningCards, TheVerdictIsReadableBesideWhatCannotBeLearned) {
  AppHarness h;
  h.click("input/transpose");
  h.settle();
  ASSERT_TRUE(h.has("learning/learnable"));
  ASSERT_TRUE(h.has("learning/verdict"));
  const auto card = h.rect("card/learning");
  for (const char* name : {"learning/learnable", "learning/verdict"})
    EXPECT_LE(h.rect(name).max.y, card.max.y) << name;
  EXPECT_LT(h.rect("learning/verdict").max.x, h.rect("learning/rate").min.x);
}

TEST(LearningCards, TheCardNamesItsTarget) {
  Scene scene = default_scene();
  EXPECT_EQ(target_name(scene, false), "the hidden kernel [1, −1]");
  EXPECT_EQ(target_name(scene, true), "hidden [1, −1]");
  scene.learning.hidden = make_kernel("sobel-x", {3, 3}, 1);
  EXPECT_EQ(target_name(scene, false), "the hidden 3 × 3 kernel");
  scene.learning.hidden = Tensor(Shape{4, 1, 3, 3});
  EXPECT_EQ(target_name(scene, false), "the hidden 3 × 3 filters");
  scene.learning.target = LearningTarget::kPanelKernel;
  EXPECT_EQ(target_name(scene, false), "the kernel above");
  AppHarness h;
  for (int i = 0; i < 103; ++i)
    h.key(Key::kS);
  h.settle();
  for (const char* line : {"learning/target-name", "learning/progress"})
    EXPECT_LT(h.rect(line).max.x, h.rect("learning/back").min.x) << line << " is cut";
  EXPECT_LE(h.rect("learning/progress").max.y, h.rect("learning/run").min.y);
}

TEST(LearningCards, AChangedKernelThatIsNotTheTargetIsSaid) {
  AppHarness h;
  EXPECT_FALSE(h.has("learning/nudge"));
  h.enter("kernel/weight/0/0", "3");
  ASSERT_TRUE(h.has("learning/nudge"));
  const auto card = h.rect("card/learning");
  for (const char* item : {"learning/nudge", "learning/learn-panel", "learning/keep-target"})
    EXPECT_LE(h.rect(item).max.y, card.max.y) << item;
  h.click("learning/learn-panel");
  h.settle();
  EXPECT_EQ(h.app().document().scene().learning.target, LearningTarget::kPanelKernel);
  EXPECT_FALSE(h.has("learning/nudge"));
  h.enter("kernel/weight/0/0", "4");
  EXPECT_FALSE(h.has("learning/nudge")) << "the target follows it";
}

TEST(LearningCards, AKernelThatTheProgramStartsWithAndIsNotTheTargetIsSaid) {
  Scene scene = default_scene();
  EXPECT_FALSE(AppHarness({1280, 720}, scene).has("learning/nudge"));
  first_layer(scene).kernel.weight = make_kernel("sobel-x", {3, 3}, 1);
  EXPECT_TRUE(AppHarness({1280, 720}, scene).has("learning/nudge"));
  scene.learning.hidden = make_kernel("sobel-y", {3, 3}, 1);
  EXPECT_FALSE(AppHarness({1280, 720}, scene).has("learning/nudge")) << "its author chose a target";
}

TEST(LearningCards, TheNudgeInTheHandleTakesClicksAndTheRestOfTheHandleFolds) {
  AppHarness h;
  h.enter("kernel/weight/0/0", "3");
  h.click("learning/learn-panel");
  h.settle();
  EXPECT_TRUE(h.app().view().settings.kernel_cards.lower_open);
  const auto handle = h.rect("lower/handle");
  h.click(ImVec2{handle.max.x - 40.0f, handle.center().y});
  h.frame(2);
  EXPECT_FALSE(h.app().view().settings.kernel_cards.lower_open);
}

TEST(LearningCards, TheNameOfTheLearnedKernelIsWhole) {
  constexpr ImWchar kCut = 0x2026;  // …
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1920, 1080}, ImVec2{1600, 900}}) {
    AppHarness h(size);
    h.key(Key::kS);
    h.settle();
    EXPECT_FALSE(h.draws(kCut, "card/learned")) << size.x;
    h.click("learned/exact");
    EXPECT_FALSE(h.draws(kCut, "card/learned")) << size.x << ", beside the exact answer";
  }
}

// Where the sum over many cells moves the cliff, the card has the offers and what the analysis
// says.
TEST(LearningCards, OffersLeaveTheAnalysisItsLine) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 40, 40}, 1));
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1920, 1080}}) {
    AppHarness h(size, scene);
    h.enter("kernel/weight/0/0", "3");
    const auto card = h.rect("card/learning");
    for (const char* line : {"learning/take-mean", "learning/take-share", "learning/nudge",
                             "learning/keep-target", "learning/spectrum"}) {
      ASSERT_TRUE(h.has(line)) << line << " at " << size.x;
      EXPECT_LE(h.rect(line).max.y, card.max.y - 4.0f) << line << " at " << size.x;
    }
  }
}

TEST(LearningCards, TheNudgeGoesWhereTheKernelIsTheHiddenOneOrTheTargetIsKept) {
  AppHarness h;
  h.enter("kernel/weight/0/0", "3");
  h.enter("kernel/weight/0/0", "1");
  EXPECT_FALSE(h.has("learning/nudge")) << "it is as it was";
  h.enter("kernel/weight/0/0", "3");
  h.click("learning/keep-target");
  EXPECT_FALSE(h.has("learning/nudge"));
  h.enter("kernel/weight/0/0", "4");
  EXPECT_TRUE(h.has("learning/nudge")) << "it was changed again";
}

TEST(LearningCards, AnOutputCellIsLinkedToTheErrorOfAKernelOfItsSize) {
  AppHarness h;
  h.move(h.cell("output", 2, 1, 6, 7));
  EXPECT_TRUE(h.has("error/outline/0"));
  Scene scene = default_scene();
  first_layer(scene).kernel.weight = make_kernel("sobel-x", {3, 3}, 1);
  AppHarness other({1280, 720}, scene);
  other.move(other.cell("output", 2, 1, 4, 6));
  EXPECT_TRUE(other.has("output/outline/0"));
  EXPECT_FALSE(other.has("error/outline/0"));
}

TEST(LearningCards, AHiddenKernelThatDoesNotFitIsNamed) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 1, 1}, 1.0f);
  first_layer(scene).kernel.weight = Tensor(Shape{1, 1, 1, 1}, 1.0f);
  AppHarness h({1280, 720}, scene);
  EXPECT_EQ(h.app().live().training().snapshot->message,
            "There is nothing to learn here: the hidden kernel, 1 × 2, does not fit into the "
            "input, 1 × 1; choose another target in Setup…, or take a larger input or padding.");
}

TEST(LearningCards, TheEndOfARunLeavesTheChartItsRoom) {
  AppHarness h;
  h.click("learning/best-rate");
  h.key(Key::kSpace);
  h.settle_run();
  ASSERT_TRUE(h.has("learning/notice"));
  const auto plot = h.rect("loss/plot/plot");
  EXPECT_GE(plot.max.y - plot.min.y, 0.1f * 720.0f);
  h.hover("learning/notice");
  EXPECT_TRUE(h.has("tooltip")) << "with the reason";
}

TEST(LearningCards, ComparedRunsLeaveRoomForTheChart) {
  AppHarness h;
  h.click("loss/compare");
  h.click("loss/compare/0");
  h.click("loss/compare");
  h.click("loss/compare/2");
  for (int i = 0; i < 8; ++i)
    h.key(Key::kS);
  h.settle();
  const auto plot = h.rect("loss/plot/plot");
  EXPECT_GE(plot.max.y - plot.min.y, 60.0f);
  EXPECT_GE(plot.max.x - plot.min.x, 60.0f);
  const auto legend = h.rect("loss/plot/legend");
  EXPECT_TRUE(legend.max.y <= plot.min.y + 1 || legend.min.x >= plot.max.x);
}

TEST(LearningCards, EachStepKnowsItsDistanceFromTheExactAnswer) {
  AppHarness h;
  for (int i = 0; i < 3; ++i)
    h.key(Key::kS);
  h.settle();
  const TrainingSnapshotPtr training = h.app().live().training().snapshot;
  for (const KeyframePtr& frame : training->keyframes) {
    const Tensor& w = frame->parameters.weight;
    const double exact =
        std::hypot(static_cast<double>(w.at(0, 0)) - 1.0, static_cast<double>(w.at(0, 1)) + 1.0);
    EXPECT_NEAR(distance_to_optimum(*training->analysis, frame->parameters), exact, 1e-6);
    EXPECT_NEAR(training->history.at(static_cast<std::size_t>(frame->step)).distance, exact, 1e-6);
  }
}

TEST(LearningCards, TheFiguresSayWhereNothingIsFinite) {
  Scene scene = default_scene();
  scene.input.tensor =
      std::make_shared<const Tensor>(Shape{1, 1, 6, 8}, std::numeric_limits<float>::quiet_NaN());
  AppHarness h({1280, 720}, scene);
  EXPECT_THAT(figures(h.app()),
              testing::Contains(testing::HasSubstr("Output:  6 × 7, no finite values")));
  EXPECT_TRUE(h.has("output/no-range"));
  EXPECT_FALSE(AppHarness().has("output/no-range"));
}

TEST(LearningCards, WhatIsBeyondFloat32IsTooLargeToShowAndToCheck) {
  Scene scene = default_scene();
  Tensor input = *scene.input.tensor;
  for (float& value : input.values())
    value *= 1e30f;
  scene.input.tensor = std::make_shared<const Tensor>(std::move(input));
  AppHarness h({1280, 720}, scene);
  h.settle();
  const TrainingSnapshotPtr training = h.app().live().training().snapshot;
  EXPECT_THAT(training->message, testing::HasSubstr("too large to show"));
  ASSERT_TRUE(training->check.has_value());
  EXPECT_FALSE(training->check->possible());
  EXPECT_GT(training->check->too_large, 0);
  EXPECT_TRUE(h.has("learned/check"));
  EXPECT_THAT(figures(h.app()), testing::Contains(testing::HasSubstr("loss too large to show")));
  for (const float value : training->gradient.values())
    EXPECT_FALSE(std::isfinite(value));
  h.key(Key::kS);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 0);
  EXPECT_EQ(h.app().live().training().snapshot->message, training->message);
}

// The right weight never meets the huge values, and is checked alone: beside the left one, which is
// nearly learned, losses are finite and gradients are not.
TEST(LearningCards, ACheckVouchesForNoGradientThatItCouldNotCompare) {
  Scene scene = default_scene();
  Tensor input = *scene.input.tensor;
  for (Index y = 0; y < input.shape().h; ++y)
    input.at(y, 0) = 1e22f;  // which only the left weight meets
  scene.input.tensor = std::make_shared<const Tensor>(std::move(input));
  scene.learning.start = Tensor::from_rows({{0.9999f, 0.0f}});
  AppHarness h({1280, 720}, scene);
  h.settle();
  const TrainingSnapshotPtr training = h.app().live().training().snapshot;
  ASSERT_TRUE(training->check.has_value());
  const bool some = training->check->possible() && training->check->too_large > 0;
  ASSERT_TRUE(some) << training->check->checked << " " << training->check->too_large;
  EXPECT_FALSE(h.draws_color(h.app().surface().theme().color.good, "learned/check"));
}

}  // namespace
}  // namespace convscope::program
