// Painting with a brush that was taken, on the input and the target; and zooming without one.
#include <gmock/gmock.h>

#include "tests/app/app_harness.h"
#include "tests/app/expect_consistent.h"

namespace convscope::program {
namespace {

using testing::IsEmpty;
using ui::Key;

const Tensor& input_of(const AppHarness& h) {
  return *h.app().document().scene().input.tensor;
}

Scene photograph(const std::string& file = "cat.png") {
  Scene scene = default_scene();
  scene.input.name = scene.input.path = file;
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 60, 80}, 0.5f);
  return scene;
}

bool input_is_fitted(const AppHarness& h) {
  return !h.has("input/fit");
}

TEST(Painting, NeedsABrushThatWasTaken) {
  AppHarness h;
  const TensorPtr before = h.app().document().scene().input.tensor;
  h.click(h.input_cell(1, 3));
  h.click(h.input_cell(1, 3), 1);
  h.drag(h.input_cell(1, 2), h.input_cell(4, 5));
  h.double_click(h.input_cell(2, 2));
  h.settle();
  EXPECT_EQ(h.app().document().scene().input.tensor, before);
  EXPECT_FALSE(h.app().document().unsaved());
  h.click("input/paint");
  h.click(h.input_cell(1, 3));
  EXPECT_EQ(input_of(h).at(1, 3), 1.0f);
  h.click("input/paint");
  h.click(h.input_cell(1, 4));
  EXPECT_EQ(input_of(h).at(1, 4), 0.0f);
  expect_consistent(h);
}

TEST(Painting, AKeyTakesTheBrushAndLaysItDown) {
  AppHarness h;
  h.key(Key::kE);
  h.click(h.input_cell(1, 3));
  EXPECT_EQ(input_of(h).at(1, 3), 1.0f);
  h.key(Key::kEscape);
  h.click(h.input_cell(1, 4));
  EXPECT_EQ(input_of(h).at(1, 4), 0.0f);
  h.key(Key::kE);
  h.key(Key::kE);
  h.click(h.input_cell(1, 4));
  EXPECT_EQ(input_of(h).at(1, 4), 0.0f);
}

TEST(Painting, AnotherPictureLaysTheBrushDownAndUndoDoesNot) {
  AppHarness h({1280, 720}, photograph());
  h.click(h.input_cell(20, 30));
  EXPECT_EQ(input_of(h).at(20, 30), 0.5f) << "one click on a photograph paints nothing";
  h.take_brush();
  h.click(h.input_cell(20, 30));
  EXPECT_EQ(input_of(h).at(20, 30), 1.0f);
  h.key(Key::kZ, true);
  ASSERT_EQ(input_of(h).at(20, 30), 0.5f);
  h.click(h.input_cell(20, 40));
  EXPECT_EQ(input_of(h).at(20, 40), 1.0f);
  h.app().perform(Edit{photograph("dog.png").input});
  h.settle();
  h.click(h.input_cell(20, 30));
  EXPECT_EQ(input_of(h).at(20, 30), 0.5f);
}

TEST(Painting, AnInputOfTooManyCellsSaysThatItCantBePainted) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 1025, 1024});
  AppHarness h({1280, 720}, scene);
  EXPECT_FALSE(h.has("input/paint"));
  h.take_brush();
  EXPECT_EQ(h.app().view().message.text,
            "An input of more than 1 048 576 cells can't be painted; take a smaller size.");
}

TEST(Painting, TheBrushOfTheKeyIsSeenInTheInspector) {
  AppHarness h;
  EXPECT_FALSE(h.has("input/brush"));
  h.key(ui::Key::kE);
  h.frame(2);
  EXPECT_TRUE(h.has("input/brush"));
  EXPECT_TRUE(h.draws_color(h.app().surface().theme().color.accent, "input/paint"));
}

// The field for the seed of the noise goes with the first cell that is painted.
TEST(Painting, AStrokeMovesNothingUnderIt) {
  for (const float width : {1024.0f, 1280.0f, 1920.0f}) {
    AppHarness h({width, 720});
    h.app().perform(pattern_change("noise", {6, 8}, 1, false, false));
    h.settle();
    h.find("input/seed");
    ASSERT_TRUE(h.has("input/seed"));
    h.take_brush();
    const auto before = h.rect("input/plane");
    h.move(h.input_cell(2, 2));
    h.press();
    h.move(h.input_cell(2, 4));
    h.settle();
    EXPECT_FALSE(h.has("input/seed"));
    EXPECT_EQ(h.rect("input/plane").min.x, before.min.x) << width;
    EXPECT_EQ(h.rect("input/plane").min.y, before.min.y) << width;
    EXPECT_EQ(h.rect("input/plane").max.y, before.max.y) << width;
    h.release();
    h.frame(2);
    EXPECT_EQ(h.rect("input/plane").max.y, before.max.y) << width << ", the next stroke neither";
  }
}

TEST(Painting, AStrokeIsToldAndCanBeUndoneThere) {
  AppHarness h;
  const Tensor before = input_of(h);
  h.take_brush();
  h.click(h.input_cell(1, 3));
  EXPECT_EQ(h.app().view().toast.text, "Painted X[1, 3]: 0 → 1.");
  h.drag(h.input_cell(0, 0), h.input_cell(2, 0), 1);
  EXPECT_EQ(h.app().view().toast.text, "Erased X in rows 0 to 2, column 0.");
  h.enter("input/brush", "0.5");
  h.enter("input/brush-size", "2");
  h.click(h.input_cell(5, 3));
  EXPECT_EQ(h.app().view().toast.text, "Painted X in row 5, columns 3 to 4 with 0.5.");
  h.click("toast/undo");
  EXPECT_EQ(input_of(h).at(5, 3), 0.0f);
  EXPECT_THAT(h.app().view().toast.text, IsEmpty());
  EXPECT_FALSE(h.has("toast"));
  h.key(Key::kZ, true);
  h.key(Key::kZ, true);
  EXPECT_EQ(input_of(h), before);
}

TEST(Painting, WhatIsToldGoesByItselfAndAClickWithoutAChangeIsNotTold) {
  AppHarness h;
  h.take_brush();
  h.click(h.input_cell(1, 3));
  ASSERT_TRUE(h.has("toast"));
  EXPECT_TRUE(h.app().animating()) << "it goes without another event";
  h.frame(6 * 60);
  EXPECT_FALSE(h.has("toast"));
  h.click(h.input_cell(1, 3));
  EXPECT_FALSE(h.has("toast"));
}

TEST(Painting, TheTargetHasABrushOfItsOwn) {
  AppHarness h;
  h.click("error/view/1");
  h.click("target/draw");
  h.settle();
  const auto target = [&] { return *h.app().document().scene().learning.picture; };
  h.click(h.cell("target", 1, 1, 6, 7));
  EXPECT_EQ(target().at(1, 1), 1.0f) << "it was asked for to be drawn";
  h.move(h.cell("target", 2, 2, 6, 7));
  h.key(Key::kE);
  h.click(h.cell("target", 2, 2, 6, 7));
  EXPECT_NE(target().at(2, 2), 1.0f);
  const Tensor before = input_of(h);
  h.click(h.input_cell(1, 3));
  EXPECT_EQ(input_of(h), before) << "the input's was not taken";
}

TEST(Painting, TheInputIsFittedByGestureAndButton) {
  AppHarness h;
  const ImVec2 at = h.input_cell(3, 4);
  EXPECT_TRUE(input_is_fitted(h));
  h.wheel(at, 3.0f);
  EXPECT_FALSE(input_is_fitted(h));
  h.double_click(at);
  EXPECT_TRUE(input_is_fitted(h));
  h.wheel(at, 3.0f);
  h.take_brush();
  const TensorPtr before = h.app().document().scene().input.tensor;
  h.hold(true, false);
  h.double_click(at);
  h.hold(false, false);
  EXPECT_TRUE(input_is_fitted(h));
  h.wheel(at, 3.0f);
  h.click("input/fit");
  EXPECT_TRUE(input_is_fitted(h));
  EXPECT_EQ(h.app().document().scene().input.tensor, before) << "none of these paints";
}

}  // namespace
}  // namespace convscope::program
