// The nudge of a value while the gradients are shown, and what a sweep, a prediction and the
// keyboard do beside it.
#include <gmock/gmock.h>

#include <string>

#include "app/program/view/backward_view.h"
#include "app/session/backward.h"
#include "engine/core/number_text.h"
#include "tests/app/gradients.h"
#include "tests/app/keyboard.h"
#include "tests/random_tensor.h"

namespace convscope::program {
namespace {

using ui::Key;

const ImVec2 kNowhere{5, 5};

Scene backward_scene(GradientSource source = GradientSource::kPicture) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 6, 7}, 1, 1.0f, 2.0f));
  scene.input.name = "random";
  first_layer(scene).kernel.weight = Tensor::from_rows({{1, 2}, {3, 4}});
  first_layer(scene).relu = true;
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  scene.backward.source = source;
  scene.backward.picture = std::make_shared<const Tensor>(Tensor({1, 1, 2, 3}, 4.0f));
  scene.look.backward = true;
  return scene;
}

void choose_input(AppHarness& h, Index y, Index x) {
  h.click(cell_of(h, "gradient/input", *gradients(h).input, y, x));
  h.move(kNowhere);
  h.settle();
}

void select(AppHarness& h, Card card) {
  h.app().perform(SelectCard{card});
  h.frame(2);
}

TEST(BackwardNudge, TheStripTellsWhatItDoes) {
  AppHarness h({1280, 720}, backward_scene());
  choose_input(h, 1, 1);
  const NudgeEffect& effect = *h.app().live().nudge();
  EXPECT_NEAR(effect.loss_change, effect.gradient * effect.by, 1e-5);
  EXPECT_TRUE(h.has("explanation/ΔL = " + number_text(effect.loss_change, 4) +
                    " = gradient · Δ = " + number_text(effect.gradient * effect.by, 4)));
}

TEST(BackwardNudge, StaysInSightWhicheverCardIsSelected) {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1920, 1080}}) {
    AppHarness h(size, backward_scene());
    choose_input(h, 0, 2);
    for (const bool sweeping : {false, true}) {
      if (sweeping) h.key(Key::kW);
      for (const Card card : {Card::kInput, Card::kKernel, Card::kOutput, Card::kPooled}) {
        select(h, card);
        ASSERT_TRUE(h.has("nudge/effect"));
        for (const char* item : {"nudge/slider", "nudge/effect"}) {
          EXPECT_LT(h.rect(item).max.y, h.rect("inspector").max.y) << item;
          EXPECT_LT(h.rect(item).max.x, h.rect("inspector").max.x) << item;
        }
      }
    }
  }
}

TEST(BackwardNudge, ComparesWithTheWholeGradientDuringASweep) {
  AppHarness h({1280, 720}, backward_scene());
  const float whole = gradients(h).input->at(4, 1);
  choose_input(h, 4, 1);
  select(h, Card::kInput);
  h.key(Key::kW);
  h.settle();
  ASSERT_TRUE(h.app().view().explore.sweep.on);
  ASSERT_NE(gradients(h).input->at(4, 1), whole);
  EXPECT_NEAR(h.app().live().nudge()->gradient, whole, 1e-5);
  EXPECT_TRUE(h.draws_color(
      ui::legible(h.app().surface().theme().color.good, h.app().surface().theme().color),
      "nudge/effect"))
      << "the two agree";
}

TEST(BackwardNudge, SaysThatALossIsNotFinite) {
  Scene scene = backward_scene(GradientSource::kOutputCell);
  scene.input.tensor = std::make_shared<const Tensor>(Tensor({1, 1, 6, 7}, 3e38f));
  scene.backward.cell = Yx{1, 1};
  AppHarness h({1280, 720}, scene);
  choose_input(h, 1, 1);
  EXPECT_TRUE(h.has("explanation/L is not finite: ∞"));
}

TEST(BackwardNudge, TheStripSaysWhatTheLearningSaysOfAMissingError) {
  Scene scene = backward_scene(GradientSource::kError);
  scene.input.tensor = std::make_shared<const Tensor>(Tensor({1, 1, 6, 7}, 3e38f));
  scene.learning.hidden = Tensor::from_rows({{1, 2}, {3, 4}});
  AppHarness h({1280, 720}, scene);
  h.move(kNowhere);
  h.frame(2);
  EXPECT_THAT(h.app().live().backward()->error, testing::HasSubstr("not a finite number"));
  EXPECT_TRUE(
      h.has("explanation/There is no gradient now: " + h.app().live().backward()->error + "."));
}

TEST(BackwardNudge, AWeightIsChosenWithTheKeyboard) {
  AppHarness h({1280, 720}, backward_scene());
  const auto in_weights = [&] {
    const std::optional<ui::FocusStop> stop = h.app().surface().focus().shown_stop();
    const ui::ItemRegistry::Rect rect = h.rect("gradient/weight");
    return stop && stop->min.x >= rect.min.x - 1.0f && stop->min.y >= rect.min.y - 1.0f &&
           stop->max.x <= rect.max.x + 1.0f && stop->max.y <= rect.max.y + 1.0f;
  };
  for (int i = 0; i < 100 && !in_weights(); ++i)
    press(h, Key::kTab);
  ASSERT_TRUE(in_weights());
  h.key(Key::kEnter);
  h.settle();
  ASSERT_TRUE(h.app().view().nudge);
  EXPECT_EQ(h.app().view().nudge->plane, NudgedPlane::kWeight);
}

TEST(BackwardNudge, EscapeEndsTheSweepAndThenDropsIt) {
  AppHarness h({1280, 720}, backward_scene());
  choose_input(h, 1, 1);
  h.key(Key::kW);
  h.frame(2);
  press(h, Key::kEscape);
  EXPECT_FALSE(h.app().view().explore.sweep.on);
  EXPECT_TRUE(h.app().view().nudge);
  press(h, Key::kEscape);
  EXPECT_FALSE(h.app().view().nudge);
}

TEST(BackwardSweep, EndsWhenItsPlaneGoes) {
  AppHarness h({1280, 720}, backward_scene());
  h.click("pool/sweep");
  h.settle();
  ASSERT_TRUE(h.app().view().explore.sweep.on);
  BackwardScene from = h.app().document().scene().backward;
  from.source = GradientSource::kOutputCell;
  h.app().perform(Edit{from});
  h.settle();
  EXPECT_FALSE(h.app().view().explore.sweep.on);
  h.key(Key::kW);
  h.settle();
  EXPECT_TRUE(h.app().view().explore.sweep.on) << "the key begins the one that can be seen";
  EXPECT_EQ(h.app().view().explore.sweep.plane, SweptPlane::kOutput);
}

TEST(BackwardSweep, WaitsWhileACellIsPointedAtAndSaysSo) {
  AppHarness h({1280, 720}, backward_scene());
  h.key(Key::kW);
  h.move(cell_of(h, "gradient/input", *gradients(h).input, 1, 1));
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/Sweep waits while you point"));
}

TEST(BackwardSweep, TheStripSaysWhatIsNotReachedYet) {
  AppHarness h({1280, 720}, backward_scene());
  h.key(Key::kW);
  h.frame();
  h.move(cell_of(h, "gradient/input", *gradients(h).input, 4, 5));
  h.settle();
  EXPECT_TRUE(h.has("explanation/so far ="));
  EXPECT_TRUE(h.has("explanation/the sweep has not reached it yet"));
  h.move(cell_of(h, "gradient/input", *gradients(h).input, 0, 0));
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/=")) << "nothing follows for this one";
  h.move(h.rect("gradient/weight").center());
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/so far ="));
}

TEST(BackwardSweep, OfThePooledPlaneLeavesCellsOfTheOutputForLater) {
  AppHarness h({1280, 720}, backward_scene());
  h.click("pool/sweep");
  h.move(cell_of(h, "gradient/output", *gradients(h).output, 3, 4));
  h.settle();
  EXPECT_TRUE(h.has("explanation/the sweep has not reached it yet"));
  h.move(cell_of(h, "gradient/output", *gradients(h).output, 0, 0));
  h.frame(2);
  EXPECT_FALSE(h.has("explanation/the sweep has not reached it yet"));
}

TEST(BackwardPredict, TheGradientsWaitForWhatIsHidden) {
  AppHarness h;
  h.click("output/predict");
  h.key(Key::kB);
  h.frame(2);
  EXPECT_FALSE(h.app().view().settings.backward);
  EXPECT_THAT(h.app().view().toast.text, testing::HasSubstr("Reveal all"));
  h.key(Key::kL);
  h.settle();
  h.key(Key::kB);
  h.frame(2);
  EXPECT_FALSE(h.app().view().settings.backward) << "from the other page neither";
  h.key(Key::kL);
  h.settle();
  h.click("output/predict/reveal");
  h.key(Key::kB);
  h.settle();
  EXPECT_TRUE(h.app().view().settings.backward);
  EXPECT_FALSE(h.app().view().explore.predict.on);
}

TEST(BackwardSpread, ThatIsTooLargeStaysWithItsReason) {
  Scene scene = backward_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 1030, 1030}, 1));
  AppHarness h({1280, 720}, scene);
  select(h, Card::kOutput);
  ASSERT_TRUE(h.has("backward/spread"));
  EXPECT_FALSE(gradients(h).spread);
  h.click("backward/spread");
  h.settle();
  EXPECT_FALSE(h.has("gradient/output/notice"));
}

TEST(BackwardHint, NamesThePlanesWhoseCellsAreNudged) {
  for (const auto& [source, end] :
       {std::pair{GradientSource::kCell, "click one of X, W or Y to nudge its value by hand."},
        std::pair{GradientSource::kOutputCell,
                  "click one of X or W to nudge its value by hand."}}) {
    AppHarness h({1280, 720}, backward_scene(source));
    h.move(kNowhere);
    h.frame(2);
    const std::string plane = source == GradientSource::kCell ? "P" : "Y";
    EXPECT_TRUE(h.has("explanation/Click a cell of " + plane +
                      " to make it the loss L. Point at any cell to see where its gradient comes "
                      "from; " +
                      end));
  }
}

TEST(BackwardStroke, OfWhichAPartWasUndoneTellsOfTheRestAlone) {
  AppHarness h({1280, 720}, backward_scene());
  h.key(Key::kE);
  h.frame(2);
  const Tensor pooled = *gradients(h).pooled;
  h.move(cell_of(h, "gradient/pooled", pooled, 0, 0));
  h.press();
  h.frame(2);
  h.move(cell_of(h, "gradient/pooled", pooled, 0, 1));
  h.frame(2);
  h.key(Key::kZ, true);
  h.frame(2);
  h.move(cell_of(h, "gradient/pooled", pooled, 1, 2));
  h.frame(2);
  h.release();
  h.settle();
  EXPECT_THAT(h.app().view().toast.text, testing::HasSubstr("columns 1 to 2"));
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(gradients(h).pooled->at(1, 2), 4.0f) << "the rest is a step of its own";
}

}  // namespace
}  // namespace convscope::program
