#include "app/ui/weight_grid.h"

#include <gtest/gtest.h>

#include <array>

#include "ui_harness.h"

namespace convscope::ui {
namespace {

// A grid whose edits are applied, as a panel does it.
struct GridFixture {
  UiHarness harness;
  Tensor weight;
  WeightGridArgs args;
  ImVec2 at{40, 40};
  std::vector<WeightEdit> edits;
  std::optional<Yx> hovered;

  explicit GridFixture(Tensor w = Tensor::from_rows({{1, -1, 0.5f}, {0, 2, 3}}), float scale = 1.0f)
      : harness({1280, 720}, scale), weight(std::move(w)) {
    args.id = "w";
    args.weight = &weight;
    args.style = {ColorMap::kDiverging, -3.0f, 3.0f};
    args.size = {400, 300};
    harness.draw = [this](Ui& ui) {
      ImGui::SetCursorScreenPos(at);
      const WeightGridEvent event = weight_grid(ui, args);
      hovered = event.hovered;
      if (!event.edit.event) return;
      edits.push_back(event.edit);
      weight.at(event.edit.cell.y, event.edit.cell.x) = event.edit.value;
    };
    harness.frame(2);
  }
  ImVec2 center(const char* name) { return harness.rect(name).center(); }
};

TEST(WeightGrid, CellsAreSquareCentredAndCapped) {
  GridFixture f;
  const auto all = f.harness.rect("w");
  EXPECT_EQ(all.max.x - all.min.x, 3 * 72);
  EXPECT_EQ(all.max.y - all.min.y, 2 * 72);
  EXPECT_NEAR(all.center().x, 240, 1);
  EXPECT_NEAR(all.center().y, 190, 1);
  const auto cell = f.harness.rect("w/1/2");
  EXPECT_EQ(cell.max.x, all.max.x);
  EXPECT_EQ(cell.max.y, all.max.y);
  EXPECT_EQ(cell.max.x - cell.min.x, cell.max.y - cell.min.y);
  EXPECT_FALSE(f.harness.items.find("w/2/0").has_value());
}

TEST(WeightGrid, TheLargestKernelFits) {
  for (const float scale : {1.0f, 3.0f}) {
    GridFixture f(Tensor(Shape{1, 1, 31, 31}, 0.25f), scale);
    const auto all = f.harness.rect("w");
    EXPECT_GE(all.min.x, 40);
    EXPECT_GE(all.min.y, 40);
    EXPECT_LE(all.max.x, 440);
    EXPECT_LE(all.max.y, 340);
    EXPECT_GE(all.max.y - all.min.y, 31 * 9);
    EXPECT_TRUE(f.harness.items.find("w/30/30").has_value());
  }
}

TEST(WeightGrid, ADragIsOneGesture) {
  GridFixture f;
  const ImVec2 from = f.center("w/0/1");
  f.harness.drag(from, {from.x + 80, from.y});
  EXPECT_FLOAT_EQ(f.weight.at(0, 1), 0.0f);  // 80 pixels, four for each step of 0.05
  ASSERT_GE(f.edits.size(), 2u);
  for (std::size_t i = 0; i < f.edits.size(); ++i) {
    EXPECT_EQ(f.edits[i].cell, (Yx{0, 1}));
    EXPECT_EQ(f.edits[i].event.continues, i > 0);
  }
  f.edits.clear();
  f.harness.drag(from, {from.x, from.y - 40});
  EXPECT_FLOAT_EQ(f.weight.at(0, 1), 0.5f) << "up is more";
  EXPECT_FALSE(f.edits.front().event.continues);
  EXPECT_EQ(f.weight.at(0, 0), 1.0f);
  EXPECT_EQ(f.weight.at(0, 2), 0.5f);
}

TEST(WeightGrid, AClickChangesNothing) {
  GridFixture f;
  f.harness.click("w/0/0");
  f.harness.click("w/1/2");
  EXPECT_TRUE(f.edits.empty());
}

TEST(WeightGrid, TheDraggedCellStaysTheHoveredOne) {
  GridFixture f;
  f.harness.move("w/0/0");
  f.harness.rest();
  EXPECT_EQ(f.hovered, (Yx{0, 0}));
  f.harness.press();
  f.harness.move("w/1/2");
  EXPECT_EQ(f.hovered, (Yx{0, 0}));
  f.harness.release();
  f.harness.frame();
  EXPECT_EQ(f.hovered, (Yx{1, 2}));
  f.harness.move(ImVec2{1000, 600});
  EXPECT_EQ(f.hovered, std::nullopt);
}

TEST(WeightGrid, WheelSteps) {
  GridFixture f;
  f.harness.click("w/1/0");
  f.harness.wheel("w/1/0", 1.0f);
  EXPECT_FLOAT_EQ(f.weight.at(1, 0), 0.05f);
  f.harness.wheel("w/1/0", -3.0f);
  EXPECT_FLOAT_EQ(f.weight.at(1, 0), -0.1f);
  ASSERT_EQ(f.edits.size(), 2u);
  EXPECT_FALSE(f.edits[0].event.continues);
  EXPECT_TRUE(f.edits[1].event.continues);
}

TEST(WeightGrid, DoubleClickAndControlClickType) {
  GridFixture f;
  f.harness.double_click("w/1/1");
  f.harness.type("-0.25");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.weight.at(1, 1), -0.25f);
  f.harness.hold(true, false);
  f.harness.click("w/0/2");
  f.harness.hold(false, false);
  f.harness.type("1/8");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.weight.at(0, 2), 0.125f);
  EXPECT_EQ(f.edits.size(), 2u);
}

TEST(WeightGrid, ADigitOverACellBeginsTyping) {
  GridFixture f;
  f.harness.move("w/1/2");
  f.harness.frame();
  f.harness.type("-12.5");
  EXPECT_EQ(f.weight.at(1, 2), 3.0f) << "not before Enter";
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.weight.at(1, 2), -12.5f);
}

TEST(WeightGrid, ADigitGoesToTheSelectedCellWhileNoneIsHovered) {
  GridFixture f;
  f.harness.click("w/0/1");
  f.harness.move(ImVec2{1000, 600});
  f.harness.type("7");
  f.harness.frame();
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.weight.at(0, 1), 7.0f);
  f.harness.click(ImVec2{1000, 600});
  f.harness.type("8");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.edits.size(), 1u) << "a click elsewhere unselects";
}

TEST(WeightGrid, NothingIsLostOfANumberThatIsTypedOverACell) {
  GridFixture f;
  const auto typed = [&](const std::string& text) {
    f.harness.move("w/0/0");
    f.harness.type(text);
    f.harness.key(Key::kEnter);
    return f.weight.at(0, 0);
  };
  EXPECT_EQ(typed("1e3"), 1e3f);
  EXPECT_EQ(typed("1e-3"), 1e-3f);
  EXPECT_EQ(typed("1/4"), 0.25f);
  EXPECT_EQ(typed("99999999"), 99999999.0f);
  inject_text(ImGui::GetIO(), "w2e1");  // all in one frame
  f.harness.frame(3);
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.weight.at(0, 0), 20.0f);
}

TEST(WeightGrid, TabGoesThroughTheCells) {
  GridFixture f;
  f.harness.double_click("w/0/2");
  f.harness.type("5");
  f.harness.key(Key::kTab);
  f.harness.frame();
  f.harness.type("6");
  f.harness.key(Key::kTab);
  f.harness.frame();
  f.harness.type("9");
  f.harness.key(Key::kTab, false, true);
  f.harness.frame();
  f.harness.type("8");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.weight, Tensor::from_rows({{1, -1, 5}, {8, 9, 3}}));
  EXPECT_EQ(f.harness.edit.typing, 0u);
}

TEST(WeightGrid, TabFromTheLastCellGoesToTheFirst) {
  GridFixture f;
  f.harness.double_click("w/1/2");
  f.harness.key(Key::kTab);
  f.harness.frame();
  f.harness.type("4");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.weight.at(0, 0), 4.0f);
  EXPECT_EQ(f.edits.size(), 1u) << "Tab without a change is none";
}

TEST(WeightGrid, EscapeCancels) {
  GridFixture f;
  f.harness.double_click("w/0/0");
  f.harness.type("17");
  f.harness.key(Key::kEscape);
  EXPECT_TRUE(f.edits.empty());
}

TEST(WeightGrid, ControlClickOnAnotherCellCommitsTheFirst) {
  GridFixture f;
  f.harness.double_click("w/0/0");
  f.harness.type("17");
  f.harness.hold(true, false);
  f.harness.click("w/1/2");
  f.harness.hold(false, false);
  EXPECT_EQ(f.weight.at(0, 0), 17.0f);
  f.harness.type("18");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.weight.at(1, 2), 18.0f);
}

TEST(WeightGrid, TheFieldOverSmallCellsTakesItsOwnClicks) {
  GridFixture f(Tensor(Shape{1, 1, 31, 31}, 0.25f));
  f.harness.double_click("w/15/15");
  f.harness.frame();
  const auto field = f.harness.rect("w/typed");
  EXPECT_GE(field.max.x - field.min.x, 60);
  f.harness.type("3");
  f.harness.click(ImVec2{field.max.x - 6, field.center().y});
  EXPECT_TRUE(f.edits.empty());
  f.harness.type("1");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.weight.at(15, 15), 31.0f);
  EXPECT_EQ(f.edits.size(), 1u);
}

TEST(WeightGrid, OnlyShowsWhereItIsNotEditable) {
  GridFixture f;
  f.args.editable = false;
  const ImVec2 from = f.center("w/0/1");
  f.harness.drag(from, {from.x + 80, from.y});
  f.harness.wheel("w/0/1", 2.0f);
  f.harness.double_click("w/0/1");
  f.harness.type("5");
  f.harness.key(Key::kEnter);
  EXPECT_TRUE(f.edits.empty());
  EXPECT_EQ(f.hovered, (Yx{0, 1}));
}

TEST(WeightGrid, KeepsItsLimits) {
  GridFixture f;
  f.args.limits = {-2.0, 2.0, 0.5};
  f.harness.double_click("w/0/0");
  f.harness.type("99");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.weight.at(0, 0), 2.0f);
  f.harness.wheel("w/0/0", 5.0f);
  EXPECT_EQ(f.weight.at(0, 0), 2.0f);
}

TEST(WeightGrid, NothingToShowIsNoError) {
  GridFixture f;
  f.weight = Tensor();
  f.harness.frame(2);
  f.args.weight = nullptr;
  f.harness.frame(2);
  EXPECT_FALSE(f.harness.items.find("w/0/0").has_value());
  EXPECT_TRUE(f.edits.empty());
}

TEST(WeightGrid, LeavesTypedDigitsToOtherFields) {
  GridFixture f;
  std::array<char, 32> text{};
  const auto grid = f.harness.draw;
  f.harness.draw = [&](Ui& ui) {
    grid(ui);
    ImGui::SetCursorScreenPos({600, 500});
    ImGui::InputText("##other", text.data(), text.size());
    ui.items.add_last("other");
  };
  f.harness.frame();
  f.harness.click("other");
  f.harness.move("w/0/0");
  f.harness.type("42");
  f.harness.frame();
  EXPECT_STREQ(text.data(), "42");
  EXPECT_EQ(f.harness.edit.typing, 0u);
}

}  // namespace
}  // namespace convscope::ui
