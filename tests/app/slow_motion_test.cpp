// What is seen of the learning while it runs: slow motion, the chart and what other pages leave
// out.
#include <gtest/gtest.h>

#include <cmath>

#include "app/files/write_file.h"
#include "app/program/view/names.h"
#include "engine/kernel_info/kernels.h"
#include "tests/app/app_harness.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using ui::Key;

TEST(LearningViews, SlowMotionStopsAtEachOfTheFourStages) {
  AppHarness h;
  const Tensor start = h.app().live().training().snapshot->weight;
  h.key(Key::kD);
  h.settle();
  ASSERT_TRUE(h.has("learning/stage/0"));
  EXPECT_TRUE(h.has("prediction")) << "in the place of the output";
  for (int i = 0; i < 3; ++i) {
    h.key(Key::kS);
    h.settle();
    EXPECT_EQ(h.app().live().training().snapshot->step, 0) << "no step yet";
  }
  EXPECT_TRUE(h.has("learned/next"));
  h.key(Key::kS);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 1);
  EXPECT_FALSE(h.has("learned/next")) << "forward again";
  h.click("learning/stage/3");
  EXPECT_TRUE(h.has("learned/next"));
  const TrainingSnapshot& training = *h.app().live().training().snapshot;
  const Parameters next = next_parameters(training, 0.03f);
  h.key(Key::kS);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->weight, next.weight)
      << "what was shown is what the step did";
  h.key(Key::kD);
  h.settle();
  EXPECT_FALSE(h.has("learning/stage/0"));
  EXPECT_TRUE(h.has("output"));
}

TEST(LearningViews, WeightsAreNamedByTheirAxes) {
  EXPECT_EQ(weight_name({1, 1, 3, 3}, {0, 0, 2, 1}), "W[2, 1]");
  EXPECT_EQ(weight_name({4, 2, 3, 3}, {3, 1, 2, 0}), "W[3, 1, 2, 0]");
  EXPECT_EQ(weight_name({1, 1, 3, 3}, {0, 0, 2, 1}, kLearnedSymbol), "Ŵ[2, 1]");
}

TEST(LearningViews, ARunThatDivergesLeavesTheChartToTheRunItself) {
  AppHarness h;
  LearningScene learning = h.app().document().scene().learning;
  learning.compared = {{OptimizerKind::kSgd, 0.06f}};
  h.app().perform(Edit{learning});
  for (int i = 0; i < 30; ++i)
    h.key(Key::kS);
  h.settle();
  const TrainingSnapshotPtr training = h.app().live().training().snapshot;
  ASSERT_GT(training->compared.at(0).history.back().loss, 1e3 * training->history.front().loss);
  ASSERT_TRUE(h.has("loss/plot/leaves"));
  EXPECT_FLOAT_EQ(h.rect("loss/plot/leaves").min.y, h.rect("loss/plot/plot").min.y);
}

TEST(LearningViews, SlowMotionLightsTheCardsThatShowThePredictionOnly) {
  AppHarness h;
  EXPECT_FALSE(h.has("lit/learned"));
  h.key(Key::kD);
  h.settle();
  for (const char* card : {"lit/input", "lit/kernel", "lit/output", "lit/learned"})
    EXPECT_TRUE(h.has(card)) << card;
  Scene scene = default_scene();
  first_layer(scene).kernel.weight = make_kernel("sobel-x", {3, 3}, 1);  // the hidden one is 1 x 2
  AppHarness other({1280, 720}, scene);
  other.key(Key::kD);
  other.settle();
  EXPECT_TRUE(other.has("lit/input"));
  EXPECT_TRUE(other.has("lit/learned"));
  EXPECT_FALSE(other.has("lit/kernel"));
  EXPECT_FALSE(other.has("lit/output"));
  other.key(Key::kS);
  EXPECT_TRUE(other.has("lit/error"));
  EXPECT_FALSE(other.has("lit/output"));
}

TEST(LearningViews, NothingIsLearnedFromWhileAnotherPageIsShown) {
  ViewSettings view;
  view.page = Page::kLayers;
  AppHarness h({1280, 720}, default_scene(), view);
  EXPECT_EQ(h.app().live().training().snapshot, nullptr);
  h.app().perform(ShowPage{Page::kKernel});
  h.settle();
  ASSERT_NE(h.app().live().training().snapshot, nullptr);
  h.key(Key::kS);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 1);
}

}  // namespace
}  // namespace convscope::program
