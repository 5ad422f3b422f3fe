// What the keys do at the control that has the focus.
#include <gtest/gtest.h>

#include <string>

#include "tests/app/keyboard.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using ui::Key;

// Presses Tab until the focus is within the item `name`.
void tab_to(AppHarness& h, const std::string& name) {
  for (int i = 0; i < 200; ++i) {
    press(h, Key::kTab);
    const std::optional<ui::FocusStop> stop = h.app().surface().focus().shown_stop();
    if (!stop || !h.has(name)) continue;
    const ui::ItemRegistry::Rect rect = h.rect(name);
    const bool inside = stop->min.x > rect.min.x - 1.0f && stop->min.y > rect.min.y - 1.0f &&
                        stop->max.x < rect.max.x + 1.0f && stop->max.y < rect.max.y + 1.0f;
    if (inside) return;
  }
  FAIL() << name << " is not reached";
}

const KernelScene& kernel(const AppHarness& h) {
  return first_layer(h.app().document().scene()).kernel;
}

TEST(Keyboard, GoesThroughTheWeightsTypesOneAndGoesOn) {
  AppHarness h;
  tab_to(h, "kernel/weight");
  EXPECT_EQ(h.app().view().settings.kernel_cards.selected, Card::kKernel)
      << "the card that the focus comes to is selected";
  press(h, Key::kRight);
  press(h, Key::kEnter);
  h.frame(3);
  h.type("-2.5");
  press(h, Key::kEnter);
  h.settle();
  EXPECT_EQ(kernel(h).weight.at(0, 1), -2.5f);
  EXPECT_NE(focused(h), 0u) << "the focus is still on the weight";
  h.type("7");
  h.frame(2);
  press(h, Key::kEnter);
  h.settle();
  EXPECT_EQ(kernel(h).weight.at(0, 1), 7.0f) << "a digit begins to type";
}

TEST(Keyboard, ArrowsChangeANumberAndTabEndsTyping) {
  AppHarness h;
  tab_to(h, "conv/padding/y");
  press(h, Key::kUp);
  press(h, Key::kUp);
  h.settle();
  EXPECT_EQ(first_layer(h.app().document().scene()).conv.padding.top, 2);
  press(h, Key::kEnter);
  h.frame(2);
  h.type("1");
  press(h, Key::kTab);
  h.settle();
  EXPECT_EQ(first_layer(h.app().document().scene()).conv.padding.top, 1);
}

TEST(Keyboard, ArrowsInAHeatmapExplainItsCells) {
  AppHarness h;
  tab_to(h, "output");
  press(h, Key::kDown);
  press(h, Key::kRight);
  h.frame(2);
  EXPECT_EQ(h.app().view().links.output, (Yx{1, 1}));
  EXPECT_FALSE(h.app().view().explore.selected) << "the arrows are the heatmap's, not the page's";
  press(h, Key::kEnter);
  h.frame(2);
  ASSERT_TRUE(h.app().view().explore.selected);
  EXPECT_EQ(h.app().view().explore.selected->cell, (Yx{1, 1}));
  press(h, Key::kEscape);
  EXPECT_EQ(focused(h), 0u);
  EXPECT_TRUE(h.app().view().explore.selected) << "the first Escape leaves the heatmap alone";
}

TEST(Keyboard, EnterPaintsWithTheBrushAndDeleteErases) {
  AppHarness h;
  h.take_brush();
  tab_to(h, "input");
  press(h, Key::kDown);
  press(h, Key::kDown);
  const Yx at = *h.app().view().links.input;
  press(h, Key::kDelete);
  h.settle();
  EXPECT_EQ(h.app().document().scene().input.tensor->at(at.y, at.x), 0.0f);
  press(h, Key::kEnter);
  h.settle();
  EXPECT_EQ(h.app().document().scene().input.tensor->at(at.y, at.x), 1.0f);
}

TEST(Keyboard, SpacePressesTheFocusedButtonAndRunsNothing) {
  AppHarness h;
  tab_to(h, "top/theme");
  const SceneTheme before = h.app().view().settings.theme;
  press(h, Key::kSpace);
  h.settle();
  EXPECT_NE(h.app().view().settings.theme, before);
  EXPECT_EQ(h.app().live().training().snapshot->step, 0);
}

TEST(Keyboard, AListOpensIsChosenFromAndGivesTheFocusBack) {
  AppHarness h;
  tab_to(h, "input/pattern");
  const ImGuiID button = focused(h);
  press(h, Key::kEnter);
  h.frame(3);
  ASSERT_TRUE(h.has("input/pattern/0"));
  const std::string before = h.app().document().scene().input.name;
  press(h, Key::kDown);
  press(h, Key::kEnter);
  h.frame(3);
  h.settle();
  EXPECT_NE(h.app().document().scene().input.name, before);
  EXPECT_FALSE(h.has("input/pattern/0"));
  EXPECT_EQ(focused(h), button);
}

TEST(Keyboard, AScenesFileIsChosenInTheDialogByArrows) {
  const TempFolder folder;
  AppHarness h;
  h.app().perform(SaveScene{folder.path() / "a.json", false});
  h.settle();
  h.key(Key::kF);
  h.settle();
  h.app().perform(ShowSaveDialog{});  // from now on the dialog shows the scene's folder
  h.frame(3);
  press(h, Key::kEscape);
  h.app().perform(ShowOpenDialog{});
  h.frame(3);
  press(h, Key::kDown);  // "up"
  press(h, Key::kDown);
  press(h, Key::kEnter);
  h.frame(3);
  EXPECT_TRUE(h.has("save-question/save"))
      << "a.json was chosen, and the flipped kernel is unsaved";
}

TEST(Keyboard, EnterOnACardEnlargesItAndThePointerHidesTheFocus) {
  AppHarness h;
  tab_to(h, "card/kernel");
  press(h, Key::kEnter);
  h.frame(2);
  EXPECT_EQ(h.app().view().cards().enlarged, Card::kKernel);
  EXPECT_NE(focused(h), 0u);
  h.click("card/kernel");
  EXPECT_EQ(focused(h), 0u);
}

TEST(Keyboard, TabLeavesATextFieldWithTheKeyboard) {
  AppHarness h;
  h.app().perform(ShowSaveDialog{});
  h.frame(4);
  const ImGuiID path = focused(h);
  ASSERT_NE(path, 0u);
  press(h, Key::kTab);
  h.frame(3);
  EXPECT_NE(focused(h), path);
  EXPECT_FALSE(ImGui::GetIO().WantTextInput) << "what is typed now goes nowhere";
  press(h, Key::kTab, true);
  h.frame(3);
  EXPECT_EQ(focused(h), path);
  EXPECT_TRUE(ImGui::GetIO().WantTextInput);
}

TEST(Keyboard, DigitsHideCardsWhilePresentingAndTypeNothing) {
  AppHarness h;
  h.click("kernel/weight/0/0");
  h.move("input/plane");
  const float before = kernel(h).weight.at(0, 0);
  h.key(Key::kF5);
  h.frame(2);
  const auto two = [&] {
    h.type("2");
    h.key(Key::kTwo);
    h.frame(2);
  };
  two();
  EXPECT_TRUE(h.app().view().cards().hides(Card::kKernel));
  EXPECT_FALSE(ImGui::GetIO().WantTextInput);
  two();
  EXPECT_FALSE(h.app().view().cards().hides(Card::kKernel));
  EXPECT_EQ(kernel(h).weight.at(0, 0), before);
}

TEST(Keyboard, TypingEndsWithTheControlThatItBelongsTo) {
  AppHarness h;
  h.double_click("kernel/weight/0/0");
  h.frame(2);
  h.type("9");
  h.app().perform(EnlargeCard{Card::kInput});
  h.frame(6);
  EXPECT_FALSE(ImGui::GetIO().WantTextInput);
  press(h, Key::kTab);
  EXPECT_NE(focused(h), 0u) << "the keys are free again";
  EXPECT_EQ(kernel(h).weight.at(0, 0), 1.0f);
}

TEST(Keyboard, EscapeClosesTheListAndNotWhatItIsIn) {
  AppHarness h({500, 700});
  h.click("inspector/open");
  h.frame(3);
  tab_to(h, "conv/more");
  press(h, Key::kEnter);
  h.frame(3);
  const std::size_t depth = ui::top_popup().depth;
  ASSERT_EQ(depth, 2u);
  h.key(Key::kEscape);
  h.frame(3);
  EXPECT_EQ(ui::top_popup().depth, 1u);
}

TEST(Keyboard, DigitsGoToTheRingAndNotToTheWeightThatWasClicked) {
  AppHarness h;
  h.click("kernel/weight/0/0");
  tab_to(h, "card/output");
  h.type("5");
  h.frame(3);
  EXPECT_FALSE(ImGui::GetIO().WantTextInput);
}

TEST(Keyboard, TheRingFollowsThePairThatIsTyped) {
  AppHarness h;
  tab_to(h, "conv/padding/y");
  const ImGuiID first = focused(h);
  press(h, Key::kEnter);
  h.frame(2);
  h.type("2");
  press(h, Key::kTab);
  h.frame(3);
  EXPECT_NE(focused(h), first);
  h.type("3");
  press(h, Key::kEnter);
  h.settle();
  EXPECT_EQ(first_layer(h.app().document().scene()).conv.padding.left, 3);
}

}  // namespace
}  // namespace convscope::program
