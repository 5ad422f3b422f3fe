// One press of a key does one thing, and the keyboard's way is never lost.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/app/keyboard.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using ui::Key;

std::optional<ui::FocusStop> stop_of(const AppHarness& h) {
  return h.app().surface().focus().shown_stop();
}

// Whether the focus is within the item.
bool focus_in(const AppHarness& h, const std::string& name) {
  const std::optional<ui::FocusStop> stop = stop_of(h);
  if (!stop || !h.has(name)) return false;
  const ui::ItemRegistry::Rect rect = h.rect(name);
  return stop->min.x > rect.min.x - 1.0f && stop->min.y > rect.min.y - 1.0f &&
         stop->max.x < rect.max.x + 1.0f && stop->max.y < rect.max.y + 1.0f;
}

void tab_to(AppHarness& h, const std::string& name) {
  for (int i = 0; i < 200 && !focus_in(h, name); ++i)
    press(h, Key::kTab);
  ASSERT_TRUE(focus_in(h, name)) << name;
}

TEST(Escape, LaysTheBrushDownThenHidesTheRingThenEndsPresenting) {
  AppHarness h;
  h.key(Key::kF5);
  h.take_brush();
  h.frame(2);
  tab_to(h, "input");
  const auto brush = [&] {
    press(h, Key::kEscape);
    h.frame();
  };
  h.key(Key::kDelete);  // which erases while the brush is taken
  h.settle();
  const Tensor before = *h.app().document().scene().input.tensor;
  brush();
  EXPECT_NE(focused(h), 0u) << "the first press lays the brush down only";
  EXPECT_TRUE(h.app().view().settings.presenting);
  h.key(Key::kRight);
  h.key(Key::kEnter);
  h.settle();
  EXPECT_EQ(*h.app().document().scene().input.tensor, before) << "nothing is painted any more";
  brush();
  EXPECT_EQ(focused(h), 0u);
  EXPECT_TRUE(h.app().view().settings.presenting);
  brush();
  EXPECT_FALSE(h.app().view().settings.presenting);
}

TEST(Escape, PutsAnEnlargedCardBackAndKeepsTheAnalysisOpen) {
  AppHarness h;
  h.key(Key::kK);
  h.key(Key::kM);
  h.frame(2);
  h.key(Key::kEscape);
  h.frame(2);
  EXPECT_FALSE(h.app().view().cards().enlarged);
  EXPECT_TRUE(h.app().view().settings.kernel_info);
  h.key(Key::kEscape);
  h.frame(2);
  EXPECT_FALSE(h.app().view().settings.kernel_info);
}

TEST(Tab, GoesOnFromTheNeighbourOfWhatHasGone) {
  AppHarness h;
  tab_to(h, "learning/step");
  h.key(Key::kT);
  h.frame(3);
  EXPECT_FALSE(h.has("learning/step"));
  press(h, Key::kTab, true);
  EXPECT_NE(focused(h), 0u);
  press(h, Key::kTab);
  h.key(Key::kT);
  h.frame(3);
  tab_to(h, "learning/step");
  h.key(Key::kT);
  h.frame(3);
  press(h, Key::kTab, true);
  EXPECT_TRUE(focus_in(h, "lower/handle")) << "the last one before the row";
}

TEST(Tab, GoesOnInThePlaceOfAPageThatHasGone) {
  AppHarness h;
  tab_to(h, "output");
  h.key(Key::kL);
  h.settle();
  press(h, Key::kTab);
  ASSERT_TRUE(stop_of(h));
  EXPECT_GT(stop_of(h)->min.y, h.rect("inspector").min.y) << "and not from the top bar on";
}

TEST(Tab, TakesANumberOverAnInputCellAndGoesOn) {
  AppHarness h;
  h.move(h.input_cell(0, 2));
  h.type("5");
  h.frame(3);
  press(h, Key::kTab);
  h.settle();
  EXPECT_EQ(h.app().document().scene().input.tensor->at(0, 2), 5.0f);
  h.type("6");
  h.frame(2);
  press(h, Key::kTab);
  h.settle();
  EXPECT_EQ(h.app().document().scene().input.tensor->at(0, 3), 6.0f);
  h.type("7");
  h.frame(2);
  press(h, Key::kTab, true);
  h.settle();
  EXPECT_EQ(h.app().document().scene().input.tensor->at(0, 4), 7.0f);
  h.type("8");
  h.frame(2);
  press(h, Key::kEnter);
  h.settle();
  EXPECT_EQ(h.app().document().scene().input.tensor->at(0, 3), 8.0f) << "Shift+Tab goes back";
}

TEST(Tab, TakesAGuessAndAsksForTheNextHiddenCell) {
  AppHarness h;
  h.click("output/predict");
  h.click(h.cell("output", 1, 1, 6, 7));
  h.frame(2);
  h.type("1");
  press(h, Key::kTab);
  h.frame(3);
  const PredictState& predict = h.app().view().explore.predict;
  EXPECT_EQ(predict.given, 1);
  EXPECT_EQ(predict.asked, (Yx{1, 2}));
  h.type("0");
  press(h, Key::kTab, true);
  h.frame(3);
  EXPECT_EQ(predict.given, 2);
  EXPECT_EQ(predict.asked, (Yx{1, 0})) << "back over the cell that is shown already";
}

Scene many_maps() {
  Scene scene = default_scene();
  scene.input = noise_stack(2, 3, {20, 20}, 1);
  first_layer(scene).kernel = random_layer(200, 3, {3, 3}, 1);
  return scene;
}

TEST(Gallery, HomeAndEndReachTheFirstMapAndTheLast) {
  Layers h(many_maps());
  tab_to(h, "maps");
  ASSERT_FALSE(h.has("maps/199"));
  press(h, Key::kEnd);
  h.frame(3);
  ASSERT_TRUE(h.has("maps/199"));
  EXPECT_TRUE(focus_in(h, "maps/199"));
  press(h, Key::kHome);
  h.frame(3);
  ASSERT_TRUE(h.has("maps/0"));
  EXPECT_TRUE(focus_in(h, "maps/0"));
}

TEST(Gallery, EnterGoesIntoTheCellsOfASelectedMapAndEscapeOutOfThem) {
  Layers h(many_maps());
  tab_to(h, "maps/0");
  press(h, Key::kRight);
  press(h, Key::kEnter);
  h.settle();
  EXPECT_EQ(h.app().view().settings.planes.channel, 1) << "the first Enter selects";
  press(h, Key::kEnter);
  h.frame(2);
  const std::optional<Yx> middle = h.app().view().links.output;
  ASSERT_TRUE(middle.has_value());
  press(h, Key::kDown);
  press(h, Key::kRight);
  h.frame(2);
  EXPECT_EQ(h.app().view().links.output, (Yx{middle->y + 1, middle->x + 1}));
  EXPECT_TRUE(focus_in(h, "maps/1"));
  press(h, Key::kEscape);
  h.frame(2);
  EXPECT_TRUE(focus_in(h, "maps/1")) << "the ring stays";
  press(h, Key::kRight);
  EXPECT_TRUE(focus_in(h, "maps/2"));
  EXPECT_FALSE(h.app().view().links.output);
}

TEST(Gallery, EnterInACellWhereTheLossIsMakesThatCellTheLoss) {
  Scene scene = colour_scene();
  scene.look.backward = true;
  scene.backward.source = GradientSource::kOutputCell;
  Layers h(scene);
  const auto seed = [&]() -> const BackwardScene& { return h.app().document().scene().backward; };
  tab_to(h, "maps/0");
  press(h, Key::kRight);
  press(h, Key::kEnter);
  h.settle();
  press(h, Key::kEnter);
  h.frame(2);
  const std::optional<Yx> middle = h.app().view().links.output;
  ASSERT_TRUE(middle.has_value());
  EXPECT_EQ(seed().cell, std::nullopt) << "going into the cells chooses none";
  press(h, Key::kDown);
  press(h, Key::kEnter);
  h.settle();
  EXPECT_EQ(seed().cell, (Yx{middle->y + 1, middle->x}));
  EXPECT_EQ(seed().channel, 1);
}

TEST(FileList, EnterOnAFolderGoesOnFromItsFirstEntry) {
  const TempFolder folder;
  std::filesystem::create_directory(folder.path() / "b");
  AppHarness h;
  h.app().perform(SaveScene{folder.path() / "a.json", false});
  h.settle();
  h.app().perform(ShowSaveDialog{});
  h.frame(3);
  press(h, Key::kEscape);
  h.app().perform(ShowOpenDialog{});
  h.frame(3);
  press(h, Key::kDown);
  press(h, Key::kDown);
  ASSERT_TRUE(focus_in(h, "open/b"));
  press(h, Key::kEnter);
  h.frame(3);
  EXPECT_FALSE(h.has("open/a.json"));
  EXPECT_TRUE(focus_in(h, "open/up"));
}

}  // namespace
}  // namespace convscope::program
