// The pen and the spotlight of a lecture.
#include "app/look/pen_colors.h"
#include "tests/app/keyboard.h"
#include "tests/app/lesson_window.h"

namespace convscope::program {
namespace {

using ui::Key;

const Pen& pen(const AppHarness& h) {
  return h.app().view().pen;
}

TEST(Pen, DrawsOverTheWindowAndThePointerDoesNothingElse) {
  AppHarness h;
  h.take_brush();
  h.frame(2);
  h.key(Key::kP);
  ASSERT_TRUE(pen(h).in_hand);
  const TensorPtr input = h.app().document().scene().input.tensor;
  h.drag(h.input_cell(1, 1), h.input_cell(4, 6));
  h.settle();
  ASSERT_EQ(pen(h).strokes().size(), 1u);
  EXPECT_GE(pen(h).strokes()[0].points.size(), 5u);
  EXPECT_EQ(h.app().document().scene().input.tensor, input) << "nothing was painted";
  EXPECT_EQ(h.app().view().pointed, Links{}) << "nothing is under the pointer";
  EXPECT_TRUE(h.draws_color(look::kPenColors[0].line, "card/input"));
  EXPECT_TRUE(h.draws_color(look::kPenColors[0].rim, "card/input"));
}

TEST(Pen, ItsStrokesKeepTheirPlaceInAWindowOfAnotherSize) {
  AppHarness h({1280, 720});
  h.key(Key::kP);
  h.drag({640, 300}, {960, 300});
  ImGui::GetIO().DisplaySize = {1920, 1080};
  h.frame(3);
  const auto& points = pen(h).strokes()[0].points;
  EXPECT_NEAR(points.front().x, 0.5f, 0.001f);
  EXPECT_NEAR(points.back().x, 0.75f, 0.001f);
  EXPECT_NEAR(points.back().y, 300.0f / 720.0f, 0.001f);
}

TEST(Pen, UndoesItsStrokesAndNotTheScene) {
  AppHarness h;
  h.enter("conv/padding/y", "2");
  const Scene scene = h.app().document().scene();
  h.key(Key::kP);
  h.drag({300, 300}, {400, 300});
  h.drag({300, 400}, {400, 400});
  h.key(Key::kZ, true);
  h.frame();
  EXPECT_EQ(pen(h).strokes().size(), 1u);
  h.key(Key::kZ, true);
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(pen(h).strokes().size(), 0u);
  EXPECT_EQ(h.app().document().scene(), scene);
  h.key(Key::kEscape);
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_NE(h.app().document().scene(), scene) << "without the pen it is the scene's";
}

TEST(Pen, DeleteClearsAndDigitsChooseTheColour) {
  AppHarness h;
  h.key(Key::kP);
  h.key(Key::kThree);
  h.drag({300, 300}, {400, 300});
  ASSERT_EQ(pen(h).strokes().size(), 1u);
  EXPECT_EQ(pen(h).strokes()[0].color, 2u);
  h.key(Key::kDelete);
  h.frame();
  EXPECT_TRUE(pen(h).strokes().empty());
  EXPECT_TRUE(pen(h).in_hand);
}

TEST(Pen, ItsBarIsPressedAndNotDrawnOn) {
  AppHarness h;
  h.key(Key::kP);
  h.frame(2);
  h.click("pen/color/1");
  h.frame(2);
  EXPECT_EQ(pen(h).color, 1u);
  EXPECT_TRUE(pen(h).strokes().empty());
  h.drag({300, 300}, {400, 300});
  EXPECT_EQ(pen(h).strokes().size(), 1u);
  h.click("pen/undo");
  h.frame(2);
  EXPECT_TRUE(pen(h).strokes().empty());
  h.click("pen/done");
  h.frame(2);
  EXPECT_FALSE(pen(h).in_hand);
  EXPECT_FALSE(h.has("pen/bar"));
}

TEST(Pen, StrokesStayWhenItIsLaidDownAndGoWithTheStepAndThePage) {
  LessonWindow h;
  const auto draw = [&] {
    h.key(Key::kP);
    h.drag({900, 300}, {1000, 300});
    h.key(Key::kEscape);
    h.frame(2);
    ASSERT_FALSE(pen(h).in_hand);
    ASSERT_EQ(pen(h).strokes().size(), 1u);
  };
  draw();
  h.key(Key::kPageDown);
  h.settle();
  EXPECT_TRUE(pen(h).strokes().empty());
  draw();
  h.key(Key::kPageUp);
  h.settle();
  EXPECT_TRUE(pen(h).strokes().empty());
  draw();
  h.key(Key::kL);
  h.settle();
  EXPECT_TRUE(pen(h).strokes().empty());
}

TEST(Pen, IsLaidDownBeforeAnythingElseThatEscapeEnds) {
  AppHarness h;
  h.take_brush();
  h.key(Key::kF5);
  h.frame(3);
  press(h, Key::kTab);
  ASSERT_NE(focused(h), 0u);
  h.key(Key::kO);
  h.key(Key::kP);
  h.frame(2);
  press(h, Key::kEscape);
  EXPECT_FALSE(pen(h).in_hand);
  EXPECT_TRUE(h.app().view().spotlight.on);
  press(h, Key::kEscape);
  EXPECT_FALSE(h.app().view().spotlight.on);
  EXPECT_NE(focused(h), 0u) << "the ring is still there";
  EXPECT_TRUE(h.app().view().settings.presenting);
}

TEST(Pen, RestsWhileADialogIsOpen) {
  AppHarness h;
  h.key(Key::kP);
  h.key(Key::kF1);
  h.frame(3);
  h.click("help/close");
  h.frame(3);
  EXPECT_FALSE(h.app().view().settings.help);
  EXPECT_TRUE(pen(h).in_hand);
  EXPECT_TRUE(pen(h).strokes().empty());
}

TEST(Spotlight, FollowsThePointerAndTheWheelChangesItsSize) {
  AppHarness h;
  h.key(Key::kO);
  h.move({400, 300});
  ASSERT_TRUE(h.has("spotlight"));
  EXPECT_NEAR(h.rect("spotlight").center().x, 400.0f, 1.0f);
  const float before = h.app().view().spotlight.radius;
  const auto input = h.rect("input/plane");
  h.move(input.center());
  h.turn_wheel(3.0f);
  h.frame(2);
  EXPECT_GT(h.app().view().spotlight.radius, before);
  EXPECT_EQ(h.rect("input/plane").min.x, input.min.x) << "the heatmap is not zoomed";
  h.key(Key::kO);
  h.frame(2);
  EXPECT_FALSE(h.has("spotlight"));
}

TEST(Spotlight, LetsNothingScroll) {
  LessonWindow h(shipped_lesson("4"), 0, {800, 600});
  h.key(Key::kO);
  h.frame(2);
  const float before = h.rect("lesson/heading").min.y;
  h.move(h.rect("lesson/text").center());
  h.turn_wheel(-5.0f);
  h.frame(3);
  EXPECT_EQ(h.rect("lesson/heading").min.y, before);
}

TEST(Spotlight, FollowsTheRingOfTheKeyboard) {
  AppHarness h;
  h.move({400, 300});
  h.key(Key::kO);
  for (int i = 0; i < 5; ++i)
    press(h, Key::kTab);
  h.frame(2);
  const auto stop = h.app().surface().focus().shown_stop();
  ASSERT_TRUE(stop);
  EXPECT_NEAR(h.rect("spotlight").center().x, (stop->min.x + stop->max.x) * 0.5f, 1.0f);
  EXPECT_NEAR(h.rect("spotlight").center().y, (stop->min.y + stop->max.y) * 0.5f, 1.0f);
}

TEST(Presenting, HasButtonsForThePenAndTheSpotlight) {
  AppHarness h;
  EXPECT_FALSE(h.has("lecture/pen"));
  h.key(Key::kF5);
  h.frame(3);
  h.click("lecture/spotlight");
  h.frame(2);
  EXPECT_TRUE(h.app().view().spotlight.on);
  h.click("lecture/pen");
  h.frame(2);
  EXPECT_TRUE(pen(h).in_hand);
}

TEST(Presenting, WithALessonHasItsCardsAloneInLargerType) {
  LessonWindow h;
  const float before = h.app().surface().theme().scale;
  EXPECT_TRUE(h.has("card/output"));
  EXPECT_FALSE(h.has("card/pooled")) << "the step does not name it";
  h.key(Key::kF5);
  h.frame(4);
  EXPECT_GT(h.app().surface().theme().scale, before * 1.05f);
  for (const char* card : {"lesson", "card/input", "card/kernel", "card/output"})
    EXPECT_TRUE(h.has(card)) << card;
  for (const char* other : {"card/pooled", "card/learning", "top-bar", "inspector", "lower/handle"})
    EXPECT_FALSE(h.has(other)) << other;
  h.key(Key::kI);
  h.frame(3);
  EXPECT_TRUE(h.has("inspector"));
  h.key(Key::kPageDown);
  h.settle();
  EXPECT_EQ(h.step(), 1u);
  h.key(Key::kEscape);
  h.frame(4);
  EXPECT_FALSE(h.app().view().settings.presenting);
  EXPECT_EQ(h.app().surface().theme().scale, before);
}

TEST(Presenting, ShowsTheLowerRowToWhoAsksForIt) {
  AppHarness h;
  ASSERT_TRUE(h.has("card/learning"));
  h.key(Key::kF5);
  h.frame(3);
  EXPECT_FALSE(h.has("card/learning")) << "the main row comes first";
  h.key(Key::kK);
  h.frame(3);
  EXPECT_TRUE(h.has("card/about"));
  EXPECT_TRUE(h.has("card/output"));
  h.key(Key::kK);
  h.frame(3);
  EXPECT_FALSE(h.has("card/about"));
  EXPECT_FALSE(h.has("card/learning"));
  h.key(Key::kT);
  h.frame(3);
  EXPECT_TRUE(h.has("card/learning"));
  h.key(Key::kT);
  h.key(Key::kK);
  h.key(Key::kEscape);
  h.frame(3);
  EXPECT_TRUE(h.has("card/learning")) << "as it was before";
  EXPECT_FALSE(h.has("card/about"));
}

TEST(Presenting, AnEmptyPageSaysHowItsCardsComeBack) {
  AppHarness h;
  h.key(Key::kF5);
  for (const Key key : {Key::kOne, Key::kTwo, Key::kThree}) {
    h.key(key);
    h.frame(2);
    EXPECT_FALSE(h.has("lecture/empty"));
  }
  h.key(Key::kFour);
  h.frame(3);
  ASSERT_TRUE(h.has("lecture/empty"));
  EXPECT_THAT(drawn_text(), testing::HasSubstr("Press 1, 2, 3 or 4 to show a card."));
  const auto hint = h.rect("lecture/empty");
  EXPECT_NEAR(hint.center().x, 640.0f, 2.0f);
  EXPECT_NEAR(hint.center().y, 360.0f, 20.0f);
  h.key(Key::kT);
  h.frame(2);
  EXPECT_FALSE(h.has("lecture/empty")) << "the lower row is there";
}

TEST(Presenting, AStepWhoseCardsAreOnTheOtherPageSaysSo) {
  LessonWindow h(lesson_from("# A\n\n## One\n\n```show\nshow: input\n```\n\nText.\n"));
  h.key(Key::kF5);
  h.key(Key::kL);
  h.frame(3);
  ASSERT_TRUE(h.has("lecture/empty"));
  EXPECT_THAT(drawn_text(), testing::HasSubstr("on the other page (L)"));
}

// A step of the learning names cards of the lower row alone.
TEST(Presenting, ShowsTheLowerRowWhereAStepNamesIt) {
  LessonWindow h(lesson_from(R"(# Learning

## The loss

```show
page: kernel
show: loss, learned
```

It falls.

## Beside the kernel

```show
show: kernel, output, loss
```

It falls.
)"));
  h.key(Key::kF5);
  h.frame(4);
  EXPECT_TRUE(h.has("card/loss"));
  EXPECT_TRUE(h.has("card/learned"));
  for (const char* other : {"card/input", "card/output", "card/learning", "lower/handle"})
    EXPECT_FALSE(h.has(other)) << other;
  const auto loss = h.rect("card/loss");
  EXPECT_GT(loss.max.y - loss.min.y, 0.5f * 720.0f) << "it has the room of both rows";
  EXPECT_LE(loss.max.y, 720.0f);
  h.key(Key::kPageDown);
  h.settle();
  for (const char* card : {"card/kernel", "card/output", "card/loss"})
    EXPECT_TRUE(h.has(card)) << card;
  EXPECT_FALSE(h.has("card/input"));
}

}  // namespace
}  // namespace convscope::program
