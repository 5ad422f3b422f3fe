// What is seen of the learning: the chart, the landscape, the target and the stages of a step.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/files/write_file.h"
#include "app/program/view/names.h"
#include "engine/kernel_info/kernels.h"
#include "tests/app/app_harness.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using ui::Key;

TEST(LearningViews, DraggingOverTheChartGoesBackAndTheRunGoesOnTheSame) {
  AppHarness h;
  for (int i = 0; i < 12; ++i)
    h.key(Key::kS);
  h.settle();
  const Tensor last = h.app().live().training().snapshot->weight;
  const auto plot = h.rect("loss/plot/plot");
  h.click(ImVec2{plot.min.x + 1, (plot.min.y + plot.max.y) / 2});
  h.settle();
  const Index back = h.app().live().training().snapshot->step;
  EXPECT_LT(back, 2);
  EXPECT_EQ(h.app().live().training().snapshot->history.size(), 13u)
      << "the future stays to be looked at";
  for (Index i = back; i < 12; ++i)
    h.key(Key::kS);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 12);
  EXPECT_EQ(h.app().live().training().snapshot->weight, last);
}

TEST(LearningViews, DraggingTheStartInTheLandscapeBeginsThere) {
  AppHarness h;
  h.click("error/view/2");
  h.settle();
  const auto plane = h.rect("landscape/plane");
  const ImVec2 middle = plane.center();
  h.drag(middle, {plane.min.x + 5, plane.min.y + 5});
  h.settle();
  const Tensor start = h.app().live().training().snapshot->start;
  EXPECT_EQ(start, h.app().document().scene().learning.start);
  EXPECT_EQ(h.app().live().training().snapshot->step, 0);
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->start, random_weight({1, 1, 1, 2}, 1))
      << "a drag is one step";
}

TEST(LearningViews, TheOrangeDotIsWhereTheRunIsNow) {
  AppHarness h;
  h.click("error/view/2");
  for (int i = 0; i < 6; ++i)
    h.key(Key::kS);
  h.settle();
  h.move({1, 1});
  const ImU32 orange = h.app().surface().theme().color.linked;
  EXPECT_TRUE(h.draws_color(orange, "landscape/now"));
  EXPECT_FALSE(h.draws_color(orange, "landscape/start"));
  EXPECT_TRUE(h.draws_color(orange, "loss/plot"));
  // A step back, it has gone with the run.
  const ImVec2 last = h.rect("landscape/now").center();
  h.click("learning/back");
  h.settle();
  EXPECT_NE(h.rect("landscape/now").center().x, last.x);
}

TEST(LearningViews, TheLandscapeHasOneNameHoweverNarrowItsCardIs) {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1600, 900}, ImVec2{1920, 1080}}) {
    AppHarness h(size);
    EXPECT_TRUE(h.draws('d', "error/view/2")) << size.x;
    EXPECT_FALSE(h.draws('m', "error/view/2")) << size.x << ": that is another name";
  }
}

TEST(LearningViews, DraggingTheStartMovesALearnedBiasToo) {
  Scene scene = default_scene();
  first_layer(scene).kernel.weight = Tensor::from_rows({{2.0f}});
  scene.learning.hidden = Tensor::from_rows({{2.0f}});
  scene.learning.bias = true;
  AppHarness h({1280, 720}, scene);
  h.click("error/view/2");
  h.settle();
  const auto plane = h.rect("landscape/plane");
  h.drag(plane.center(), {plane.min.x + 8, plane.min.y + 8});
  h.settle();
  const LearningScene& learning = h.app().document().scene().learning;
  ASSERT_EQ(learning.start_bias.size(), 1u);
  EXPECT_NE(learning.start_bias[0], 0.0f);
  EXPECT_EQ(h.app().live().training().snapshot->bias, learning.start_bias);
  EXPECT_EQ(h.app().live().training().snapshot->weight, learning.start);
}

TEST(LearningViews, TheValleyOfAConstantInputIsDrawn) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 6, 8}, 1.0f);
  AppHarness h({1920, 1080}, scene);
  h.click("error/view/2");
  h.settle();
  ASSERT_TRUE(h.has("landscape/valley"));
  AppHarness edge({1920, 1080});
  edge.click("error/view/2");
  edge.settle();
  EXPECT_FALSE(edge.has("landscape/valley"));
}

TEST(LearningViews, TheLandscapesAxesAreNamedBesideIt) {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1920, 1080}, ImVec2{1024, 768}}) {
    for (const float scale : {1.0f, 1.5f}) {
      Scene scene = default_scene();
      scene.look.tab = LearningTab::kLandscape;
      AppHarness h(size, scene, {.font_scale = scale});
      const auto plane = h.rect("landscape/plane");
      for (const char* name : {"landscape/x-name", "landscape/y-name"}) {
        const auto text = h.rect(name);
        EXPECT_TRUE(text.max.x <= plane.min.x || text.min.x >= plane.max.x ||
                    text.max.y <= plane.min.y || text.min.y >= plane.max.y)
            << name << " at " << size.x << " and scale " << scale;
        EXPECT_GE(text.min.x, h.rect("card/error").min.x);
        EXPECT_LE(text.max.x, h.rect("card/error").max.x);
      }
    }
  }
}

TEST(LearningViews, TheLandscapeShowsTheWaysOfComparedRuns) {
  AppHarness h;
  h.click("loss/compare");
  h.click("loss/compare/2");  // Adam
  h.click("loss/compare");
  h.click("loss/compare/4");  // half the rate
  for (int i = 0; i < 6; ++i)
    h.key(Key::kS);
  h.settle();
  h.click("error/view/2");
  h.settle();
  const TrainingSnapshotPtr training = h.app().live().training().snapshot;
  for (const ComparedHistory& beside : training->compared) {
    EXPECT_EQ(beside.keyframes.front()->parameters, training->keyframes.front()->parameters);
    EXPECT_EQ(beside.keyframes.back()->step, 6);
    EXPECT_NE(beside.keyframes.back()->parameters.weight, training->weight);
  }
  const auto adam = h.rect("landscape/run/0");
  const auto slow = h.rect("landscape/run/1");
  EXPECT_EQ(adam.min.x, slow.min.x) << "from the same start";
  EXPECT_EQ(adam.min.y, slow.min.y);
  EXPECT_GT(std::hypot(adam.max.x - slow.max.x, adam.max.y - slow.max.y), 2.0f);
}

// As in the chart, those that learn beside it come first, then a frozen copy.
TEST(LearningViews, TheLandscapeNamesTheRunsBesideThisOne) {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1024, 768}}) {
    AppHarness h(size);
    for (int i = 0; i < 6; ++i)
      h.key(Key::kS);
    h.settle();
    h.click("loss/compare");
    h.click("loss/compare/7");  // this run, kept as it is
    h.key(Key::kR);
    h.settle();
    h.click("loss/compare");
    h.click("loss/compare/2");  // Adam
    h.settle();
    h.key(Key::kS);
    h.settle();
    h.click("error/view/2");
    h.settle();
    EXPECT_TRUE(h.draws('A', "landscape/name/0")) << "Adam at 0.03";
    EXPECT_TRUE(h.draws('G', "landscape/name/1")) << "SGD at 0.03";
    const auto adam = h.rect("landscape/name/0");
    const auto kept = h.rect("landscape/name/1");
    const auto plane = h.rect("landscape/plane");
    EXPECT_TRUE(adam.max.x <= kept.min.x || adam.max.y <= kept.min.y);
    const auto control = h.rect("landscape/principal");
    EXPECT_LE(plane.max.y, std::min(adam.min.y, kept.min.y) + 1.0f);
    for (const auto& name : {adam, kept}) {
      EXPECT_TRUE(name.max.y <= control.min.y + 1.0f || name.min.x > control.max.x);
      EXPECT_LE(name.max.x, h.rect("card/error").max.x);
    }
    ASSERT_TRUE(h.has("landscape/run/1"));
    EXPECT_NE(h.rect("landscape/run/1").max.x, h.rect("landscape/run/0").max.x);
  }
}

TEST(LearningViews, AFrozenRunOfAnotherTargetIsNotInTheLandscape) {
  AppHarness h;
  h.key(Key::kS);
  h.settle();
  h.click("loss/compare");
  h.click("loss/compare/7");
  h.click("error/view/2");
  h.settle();
  EXPECT_TRUE(h.has("landscape/run/0"));
  h.enter("kernel/weight/0/0", "3");
  h.click("learning/learn-panel");
  h.settle();
  EXPECT_FALSE(h.has("landscape/run/0"));
  EXPECT_FALSE(h.has("landscape/name/0"));
}

TEST(LearningViews, OtherRunsLearnBesideItFromTheSameStart) {
  AppHarness h;
  h.click("loss/compare");
  h.click("loss/compare/2");  // Adam
  h.click("loss/compare");
  h.click("loss/compare/4");  // half the rate
  EXPECT_EQ(
      h.app().document().scene().learning.compared,
      (std::vector<ComparedRun>{{OptimizerKind::kAdam, 0.03f}, {OptimizerKind::kSgd, 0.015f}}));
  for (int i = 0; i < 5; ++i)
    h.key(Key::kS);
  h.settle();
  const TrainingSnapshotPtr training = h.app().live().training().snapshot;
  ASSERT_EQ(training->compared.size(), 2u);
  for (const ComparedHistory& beside : training->compared) {
    EXPECT_EQ(beside.history.back().step, 5);
    EXPECT_EQ(beside.history.front().loss, training->history.front().loss);
    EXPECT_NE(beside.history.back().loss, training->loss);
  }
  h.click("loss/compare");
  h.click("loss/compare/8");  // with nothing
  EXPECT_TRUE(h.app().document().scene().learning.compared.empty());
  h.key(Key::kZ, true);
  EXPECT_EQ(h.app().document().scene().learning.compared.size(), 2u) << "undo brings them back";
}

TEST(LearningViews, ADrawnTargetIsLearned) {
  AppHarness h;
  h.click("error/view/1");
  h.click("target/draw");
  h.settle();
  const LearningScene& learning = h.app().document().scene().learning;
  EXPECT_EQ(learning.target, LearningTarget::kPicture);
  EXPECT_EQ(*learning.picture, *h.app().live().results()->layers[0].output)
      << "it begins as the present output";
  h.enter("target/brush", "3");
  h.drag(h.cell("target", 1, 1, 6, 7), h.cell("target", 1, 4, 6, 7));
  h.settle();
  Tensor expected = *h.app().live().results()->layers[0].output;
  for (Index x = 1; x <= 4; ++x)
    expected.at(1, x) = 3.0f;
  EXPECT_EQ(*learning.picture, expected);
  EXPECT_EQ(*h.app().live().training().snapshot->target, expected);
  EXPECT_EQ(h.app().live().training().snapshot->step, 0);
  h.key(Key::kZ, true);
  EXPECT_EQ(*h.app().document().scene().learning.picture,
            *h.app().live().results()->layers[0].output)
      << "a stroke is one step";
}

TEST(LearningViews, ATargetOfAnotherShapeIsSaidAndFitted) {
  AppHarness h;
  h.click("error/view/1");
  h.click("target/draw");
  h.enter("conv/padding/y", "1");
  h.settle();
  EXPECT_TRUE(h.has("target/notice"));
  EXPECT_EQ(h.app().live().training().snapshot->message,
            "There is nothing to learn here: the target picture is [1, 1, 6, 7], and the output is "
            "[1, 1, 8, 7].");
  h.click("target/fit");
  h.settle();
  EXPECT_EQ(h.app().document().scene().learning.picture->shape(), (Shape{1, 1, 8, 7}));
  EXPECT_EQ(h.app().live().training().snapshot->message, "");
  EXPECT_FALSE(h.has("target/notice"));
}

TEST(LearningViews, ALoadedPictureBecomesTheTarget) {
  const TempFolder folder;
  const std::vector<std::uint8_t> rgba(4 * 12 * 14, 255);
  write_png(folder / "white.png", rgba, 14, 12);
  AppHarness h;
  OpenPicture wanted{folder / "white.png"};
  wanted.target = h.app().live().results()->layers[0].output->shape();
  h.app().perform(wanted);
  h.settle();
  const LearningScene& learning = h.app().document().scene().learning;
  EXPECT_EQ(learning.target, LearningTarget::kPicture);
  EXPECT_EQ(learning.picture_name, "white.png");
  EXPECT_EQ(*h.app().live().training().snapshot->target, Tensor(Shape({1, 1, 6, 7}), 1.0f));
  EXPECT_TRUE(h.has("target")) << "it is shown";
  EXPECT_EQ(*h.app().document().scene().input.tensor, *default_scene().input.tensor);
}

TEST(LearningViews, HoveringAGradientCellLightsTheErrorsThatItSums) {
  Scene scene = default_scene();
  first_layer(scene).conv.padding = {0, 1, 0, 0};
  AppHarness h({1280, 720}, scene);
  h.move(h.rect("learned/gradient/0/0").center());
  EXPECT_TRUE(h.app().view().links.gradient.has_value());
  h.move(h.cell("error", 2, 3, 6, 8));
  EXPECT_EQ(h.app().view().links.error, (Yx{2, 3}));
}

TEST(LearningViews, HoveringALearnedWeightExplainsIt) {
  AppHarness h;
  h.move(h.rect("learned/weight/0/1").center());
  EXPECT_EQ(h.app().view().links.learned, (Yx{0, 1}));
  EXPECT_TRUE(h.draws(0x174, "explanation")) << "Ŵ[0, 1] = …";
  EXPECT_TRUE(h.has("error/outline/0"));
  EXPECT_TRUE(h.has("input/outline/0"));
  h.key(Key::kD);
  h.settle();
  h.move(h.rect("kernel/learned/0/0").center());
  EXPECT_EQ(h.app().view().links.learned, (Yx{0, 0}));
}

TEST(LearningViews, TheLearnedKernelIsCalledByItsOwnName) {
  constexpr ImWchar kLearned = 0x174;  // Ŵ
  AppHarness h;
  EXPECT_TRUE(h.draws(kLearned, "card/learned"));
  EXPECT_FALSE(h.draws(kLearned, "card/kernel")) << "that is W";
  h.move(h.rect("learned/gradient/0/0").center());
  EXPECT_TRUE(h.draws(kLearned, "explanation"));
  h.move({1, 1});
  h.click("error/view/2");
  h.settle();
  EXPECT_TRUE(h.draws(kLearned, "card/error")) << "on the landscape's axes";
  h.key(Key::kD);
  h.settle();
  EXPECT_TRUE(h.draws(kLearned, "card/kernel")) << "which shows it in slow motion";
}

TEST(LearningViews, TheErrorBehindAGradientIsKeptOnlyWhileThatIsPointedAt) {
  AppHarness h;
  const std::weak_ptr<const Tensor> error = h.app().live().training().snapshot->error.shared();
  h.move(h.rect("learned/gradient/0/0").center());
  ASSERT_TRUE(h.app().view().links.gradient.has_value());
  h.move({1, 1});
  ASSERT_FALSE(h.app().view().links.gradient.has_value());
  h.key(Key::kS);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 1);
  EXPECT_TRUE(error.expired());
}

}  // namespace
}  // namespace convscope::program
