#include <gmock/gmock.h>

#include <array>

#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/fields.h"
#include "app/ui/list_button.h"
#include "app/ui/message.h"
#include "app/ui/popup.h"
#include "app/ui/text_fit.h"
#include "ui_harness.h"

namespace convscope::ui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Button, IsClickedOnce) {
  UiHarness harness;
  int clicks = 0;
  harness.draw = [&](Ui& ui) { clicks += button(ui, "learning/step", "Step"); };
  harness.frame();
  harness.click("learning/step");
  EXPECT_EQ(clicks, 1);
  harness.click(ImVec2{700, 700});
  EXPECT_EQ(clicks, 1);
}

TEST(Button, DoesNothingWhileDisabled) {
  UiHarness harness;
  int clicks = 0;
  harness.draw = [&](Ui& ui) {
    clicks += button(ui, "b", "Reset", {.icon = Icon::kReset, .enabled = false});
  };
  harness.frame();
  harness.click("b");
  EXPECT_EQ(clicks, 0);
}

TEST(Button, SameLabelsDoNotCollide) {
  UiHarness harness;
  std::array<int, 2> clicks{};
  harness.draw = [&](Ui& ui) {
    clicks[0] += button(ui, "a/reset", "Reset");
    clicks[1] += button(ui, "b/reset", "Reset");
  };
  harness.frame();
  harness.click("b/reset");
  EXPECT_EQ(clicks, (std::array<int, 2>{0, 1}));
}

TEST(Toggle, ChangesItsState) {
  UiHarness harness;
  bool on = false;
  harness.draw = [&](Ui& ui) { toggle_button(ui, "t", "Draw", on); };
  harness.frame();
  harness.click("t");
  EXPECT_TRUE(on);
  harness.click("t");
  EXPECT_FALSE(on);
}

TEST(Segmented, ChoosesOneOfSeveral) {
  UiHarness harness;
  int selected = 0;
  int changes = 0;
  harness.draw = [&](Ui& ui) {
    static constexpr std::array<const char*, 2> kLabels = {"Max", "Average"};
    changes += segmented(ui, "pool/kind", kLabels, selected);
  };
  harness.frame();
  harness.click("pool/kind/1");
  EXPECT_EQ(selected, 1);
  harness.click("pool/kind/1");
  EXPECT_EQ(changes, 1);
  harness.click("pool/kind/0");
  EXPECT_EQ(selected, 0);
}

TEST(Combo, OpensAListAndChooses) {
  UiHarness harness;
  int selected = 0;
  harness.draw = [&](Ui& ui) {
    static constexpr std::array<const char*, 3> kLabels = {"Box", "Gaussian", "Sobel x"};
    combo(ui, "kernel/preset", kLabels, selected);
  };
  harness.frame();
  EXPECT_FALSE(harness.items.find("kernel/preset/2").has_value());
  harness.click("kernel/preset");
  harness.frame(2);
  harness.click("kernel/preset/2");
  EXPECT_EQ(selected, 2);
  harness.frame(2);
  EXPECT_FALSE(harness.items.find("kernel/preset/2").has_value());
}

// A field and the events it gave.
struct FieldFixture {
  UiHarness harness;
  float value = 1.0f;
  std::vector<EditEvent> events;
  FieldFixture() {
    harness.draw = [this](Ui& ui) {
      FieldOptions options;
      options.limits = {-2.0, 2.0, 0.1, false};
      const EditEvent event = float_field(ui, "bias", "bias", value, options);
      if (event.changed) events.push_back(event);
    };
    harness.frame();
  }
};

TEST(FloatField, DragIsOneGesture) {
  FieldFixture f;
  const ImVec2 at = f.harness.rect("bias").center();
  f.harness.drag(at, {at.x + 24, at.y});
  EXPECT_NEAR(f.value, 1.6f, 1e-6f);  // 24 pixels, four for each step of 0.1
  ASSERT_GE(f.events.size(), 2u);
  EXPECT_FALSE(f.events.front().continues);
  for (std::size_t i = 1; i < f.events.size(); ++i)
    EXPECT_TRUE(f.events[i].continues);
  f.events.clear();
  f.harness.drag(at, {at.x - 400, at.y});
  EXPECT_FLOAT_EQ(f.value, -2.0f);
  EXPECT_FALSE(f.events.front().continues);
}

TEST(FloatField, WheelSteps) {
  FieldFixture f;
  f.harness.click("bias");
  f.harness.wheel("bias", 1.0f);
  EXPECT_FLOAT_EQ(f.value, 1.1f);
  f.harness.wheel("bias", -2.0f);
  EXPECT_FLOAT_EQ(f.value, 0.9f);
  EXPECT_TRUE(f.events.back().continues);
}

TEST(FloatField, TypesByDoubleClick) {
  FieldFixture f;
  f.harness.double_click("bias");
  f.harness.type("-0.25");
  EXPECT_EQ(f.value, 1.0f) << "not before Enter";
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.value, -0.25f);
  EXPECT_EQ(f.events.size(), 1u);
}

TEST(FloatField, TypingIsClampedAndEscapeCancels) {
  FieldFixture f;
  f.harness.double_click("bias");
  f.harness.type("17");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.value, 2.0f);
  f.harness.double_click("bias");
  f.harness.type("0.5");
  f.harness.key(Key::kEscape);
  EXPECT_EQ(f.value, 2.0f);
  f.harness.double_click("bias");
  f.harness.type("abc");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.value, 2.0f);
}

TEST(FloatField, ClickElsewhereCommits) {
  FieldFixture f;
  f.harness.double_click("bias");
  f.harness.type("0.5");
  f.harness.click(ImVec2{900, 600});
  f.harness.frame();
  EXPECT_EQ(f.value, 0.5f);
}

TEST(IntField, TypingTwelveIsOneChange) {
  UiHarness harness;
  Index value = 3;
  std::vector<Index> seen;
  harness.draw = [&](Ui& ui) {
    if (int_field(ui, "size", "size", value, 1, 31)) seen.push_back(value);
  };
  harness.frame();
  harness.double_click("size");
  harness.type("12");
  harness.key(Key::kEnter);
  EXPECT_EQ(seen, std::vector<Index>{12});
}

TEST(PairField, ChangesEachAxis) {
  UiHarness harness;
  Yx value{2, 2};
  harness.draw = [&](Ui& ui) { pair_field(ui, "stride", "stride", value, {1, 1}, {9, 9}); };
  harness.frame();
  harness.click("stride/y");
  harness.wheel("stride/y", 1.0f);
  EXPECT_EQ(value, (Yx{3, 2}));
  harness.double_click("stride/x");
  harness.type("7");
  harness.key(Key::kEnter);
  EXPECT_EQ(value, (Yx{3, 7}));
  harness.click("stride/y");
  harness.wheel("stride/y", -20.0f);
  EXPECT_EQ(value, (Yx{1, 7}));
}

TEST(MessageBar, IsDismissed) {
  UiHarness harness;
  bool shown = true;
  harness.draw = [&](Ui& ui) {
    if (shown &&
        message_bar(ui, "message", "The kernel is larger than the input.", MessageKind::kError)) {
      shown = false;
    }
  };
  harness.frame();
  harness.click("message/close");
  EXPECT_FALSE(shown);
}

TEST(Card, GivesItsInsideToItsContents) {
  UiHarness harness;
  ImVec2 inside;
  harness.draw = [&](Ui& ui) {
    begin_card(ui, "card", {100, 50}, {300, 200}, "Input", "X · 6 × 8");
    inside = ImGui::GetContentRegionAvail();
    button(ui, "in", "Load…");
    end_card();
  };
  harness.frame();
  const auto card = harness.rect("card");
  const auto in = harness.rect("in");
  EXPECT_GT(in.min.x, card.min.x);
  EXPECT_GT(in.min.y, card.min.y + 30);
  EXPECT_FLOAT_EQ(inside.x, 300 - 24);
  EXPECT_LT(inside.y, 200 - 16 - 25);
}

TEST(Elided, CutsAtCharactersAndFits) {
  UiHarness harness;
  const ImFont* font = harness.theme.font.body;
  EXPECT_EQ(elided(font, "λ⋆K", 500.0f), "λ⋆K");
  const std::string cut = elided(font, "∇∇∇∇∇∇∇∇∇∇", 60.0f);
  EXPECT_LE(text_size(font, font_size(font), cut).x, 60.0f);
  EXPECT_EQ(cut.substr(cut.size() - 3), "…");
  EXPECT_EQ((cut.size() - 3) % 3, 0u);
  EXPECT_EQ(elided(font, "abc", 1.0f), "");
}

TEST(WrappedLines, BreakAtSpacesAndNotInNumbers) {
  UiHarness harness;
  harness.draw = [&](Ui& ui) {
    const ImFont* font = ui.theme.font.small;
    const auto width = [&](std::string_view text) {
      return text_size(font, font_size(font), text).x;
    };
    const auto lines = [&](std::string_view text, std::string_view fits) {
      return wrapped_lines(font, width(fits) + 0.5f, text);
    };
    EXPECT_THAT(lines("mean about −0.0004487, at most", "mean about −0.00"),
                ElementsAre("mean about", "−0.0004487, at", "most"));
    EXPECT_THAT(lines("261 632 values", "261 632"), ElementsAre("261 632", "values"));
    EXPECT_THAT(lines("one\ntwo", "one two"), ElementsAre("one", "two"));
    EXPECT_THAT(lines("/a/path/without/spaces", "/a/path/"),
                ElementsAre("/a/path/", testing::_, testing::_));
    EXPECT_THAT(lines("", "one"), IsEmpty());
  };
  harness.frame();
}

// Where a popup is as high as the window allows, the bounds of its place cross by rounding.
TEST(PopupBeside, OpensInWindowsOfAnySize) {
  UiHarness harness({100.0f, 100.0f}, 1.1f);
  bool open = false;
  harness.draw = [&](Ui& ui) {
    ImGui::Dummy({4.0f, 4.0f});
    if (!open) ImGui::OpenPopup("popup");
    open = begin_popup_beside(ui, "popup", {500.0f, 500.0f});
    if (open) ImGui::EndPopup();
  };
  for (int i = 0; i < 400; ++i) {
    const float side = 1.0f + 0.83f * static_cast<float>(i);
    ImGui::GetIO().DisplaySize = {side, side};
    harness.frame();
    ASSERT_TRUE(open) << side;
  }
}

}  // namespace
}  // namespace convscope::ui
