#include "app/ui/wheel.h"

#include <gtest/gtest.h>

#include "app/look/number_format.h"
#include "app/ui/fields.h"
#include "app/ui/heatmap_view.h"
#include "ui_harness.h"

namespace convscope::ui {
namespace {

// A page that scrolls, with a heatmap and a number far down in it.
struct PageFixture {
  UiHarness harness;
  float value = 1.0f;
  Tensor tensor{Shape{1, 1, 6, 8}, 0.5f};
  HeatmapViewState state;
  float scrolled = 0.0f;
  PageFixture() {
    harness.draw = [this](Ui& ui) {
      ImGui::BeginChild("page", {600, 400});
      ImGui::Dummy({500, 300});
      ui.items.add_last("empty");
      FieldOptions options;
      options.limits = {-100.0, 100.0, 0.1, false};
      float_field(ui, "n", "", value, options);
      HeatmapArgs args;
      args.id = "x";
      args.tensor = &tensor;
      args.size = {300, 300};
      heatmap_view(ui, args, state);
      ImGui::Dummy({500, 2000});
      scrolled = ImGui::GetScrollY();
      ImGui::EndChild();
    };
    harness.frame(3);
  }
  // Turns the wheel down, with the pointer where it is, until the page has come to `to`.
  void scroll_to(float to) {
    for (int i = 0; i < 100 && scrolled < to; ++i) {
      harness.turn_wheel(-0.2f);
      harness.frame(2);
    }
  }
};

TEST(Wheel, ScrollsThePageOverANumberThatIsNotSelected) {
  PageFixture f;
  f.harness.wheel("n", -1.0f);
  f.harness.frame(2);
  EXPECT_EQ(f.value, 1.0f);
  EXPECT_GT(f.scrolled, 0.0f);
}

TEST(Wheel, ChangesASelectedNumberUntilItIsUnselected) {
  PageFixture f;
  f.harness.click("n");
  f.harness.wheel("n", 1.0f);
  EXPECT_EQ(f.value, 1.1f);
  EXPECT_EQ(f.scrolled, 0.0f);
  f.harness.click("empty");
  f.harness.wheel("n", 1.0f);
  EXPECT_EQ(f.value, 1.1f);
  f.harness.click("n");
  f.harness.key(Key::kEscape);
  f.harness.rest();
  f.harness.rest();
  f.harness.wheel("n", 1.0f);
  EXPECT_EQ(f.value, 1.1f);
}

TEST(Wheel, ChangesANumberWhileAltIsHeld) {
  PageFixture f;
  f.harness.hold(false, false, true);
  f.harness.wheel("n", -1.0f);
  f.harness.hold(false, false);
  EXPECT_EQ(f.value, 0.9f);
  EXPECT_EQ(f.scrolled, 0.0f);
}

TEST(Wheel, AGestureThatBeganAsScrollingStaysScrolling) {
  PageFixture f;
  f.harness.click("n");
  const ImVec2 number = f.harness.rect("n").center();
  const ImVec2 below{number.x, number.y - 100};  // where the number comes to by scrolling
  f.harness.move(below);
  f.scroll_to(100.0f);
  ASSERT_NEAR(f.harness.rect("n").center().y, below.y, 12.0f) << "the number is under the pointer";
  const float before = f.scrolled;
  f.harness.turn_wheel(-0.1f);
  f.harness.frame(2);
  EXPECT_EQ(f.value, 1.0f);
  EXPECT_GT(f.scrolled, before);
  // The next gesture begins over the number.
  f.harness.frame(60);
  f.harness.turn_wheel(-1.0f);
  EXPECT_EQ(f.value, 0.9f);
}

TEST(Wheel, AHeatmapThatComesUnderThePointerIsNotZoomed) {
  PageFixture f;
  const ImVec2 at = f.harness.rect("x").center();
  f.harness.move(ImVec2{at.x, 150});
  f.scroll_to(f.harness.rect("x").min.y);
  ASSERT_GT(f.harness.rect("x").max.y, 150.0f);
  ASSERT_LT(f.harness.rect("x").min.y, 150.0f);
  EXPECT_TRUE(f.state.view.fitted);
  f.harness.frame(60);
  f.harness.turn_wheel(1.0f);
  EXPECT_FALSE(f.state.view.fitted) << "a gesture of its own zooms";
}

TEST(Wheel, GoesToAnotherControlWhenThePointerDoes) {
  PageFixture f;
  const ImVec2 seen = f.harness.rect("x").min;
  const ImVec2 heatmap{seen.x + 20, seen.y + 20};
  f.harness.wheel(heatmap, 1.0f);
  EXPECT_FALSE(f.state.view.fitted);
  f.harness.click("n");
  f.harness.wheel(heatmap, 1.0f);
  f.harness.wheel("n", 1.0f);
  EXPECT_EQ(f.value, 1.1f);
}

TEST(Wheel, StepsLeaveNoDust) {
  PageFixture f;
  f.harness.click("n");
  f.value = 1.95f;
  for (const char* expected : {"2.05", "2.15", "2.25"}) {
    f.harness.turn_wheel(1.0f);
    EXPECT_EQ(exact_text(f.value), expected);
  }
  f.value = 3.0f;
  for (int i = 29; i >= 1; --i) {
    f.harness.turn_wheel(-1.0f);
    EXPECT_EQ(f.value, static_cast<float>(i / 10.0)) << i;
  }
  f.value = 1.23f;
  const ImVec2 at = f.harness.rect("n").center();
  f.harness.drag(at, {at.x - 48, at.y});
  EXPECT_EQ(exact_text(f.value), "0.03");
}

TEST(Wheel, PartsOfANotchGatherToSteps) {
  PageFixture f;
  f.harness.click("n");
  for (int i = 0; i < 7; ++i)
    f.harness.turn_wheel(0.25f);
  EXPECT_EQ(f.value, 1.1f);
  f.harness.turn_wheel(0.25f);
  EXPECT_EQ(f.value, 1.2f);
}

}  // namespace
}  // namespace convscope::ui
