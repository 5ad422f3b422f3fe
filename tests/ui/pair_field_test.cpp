#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "app/look/number_format.h"
#include "app/ui/fields.h"
#include "engine/core/number_text.h"
#include "ui_harness.h"

namespace convscope::ui {
namespace {

TEST(PairField, TabGoesFromOneNumberToTheOther) {
  UiHarness harness;
  Yx value{1, 1};
  harness.draw = [&](Ui& ui) { pair_field(ui, "p", "size", value, {1, 1}, {31, 31}); };
  harness.frame();
  harness.double_click("p/y");
  harness.type("12");
  harness.key(Key::kTab);
  harness.frame();
  harness.type("7");
  harness.key(Key::kTab, false, true);
  harness.frame();
  EXPECT_EQ(value, (Yx{12, 7}));
  harness.type("3");
  harness.key(Key::kEnter);
  EXPECT_EQ(value, (Yx{3, 7}));
}

struct PairFixture {
  UiHarness harness;
  Yx value{2, 3};
  std::vector<Yx> seen;
  PairFixture() {
    harness.draw = [this](Ui& ui) {
      if (pair_field(ui, "p", "size", value, {1, 1}, {31, 31})) seen.push_back(value);
      ImGui::SameLine();
      float_field(ui, "next", "next", next);
    };
    harness.frame();
  }
  float next = 0.0f;
};

TEST(PairField, BothNumbersAreTypedAtOnce) {
  for (const char* field : {"p/y", "p/x"}) {
    for (const char* text : {"6,8", "6 8", "6x8", "6, 8", "(6, 8)"}) {
      PairFixture f;
      f.harness.double_click(field);
      f.harness.type(text);
      f.harness.key(Key::kEnter);
      EXPECT_EQ(f.seen, (std::vector<Yx>{{6, 8}})) << field << " " << text;
    }
    PairFixture f;
    f.harness.double_click(field);
    f.harness.type("28, 28");
    f.harness.key(Key::kTab);
    EXPECT_EQ(f.value, (Yx{28, 28}));
  }
}

TEST(PairField, ATextWithOneOfTwoNumbersStaysOpen) {
  PairFixture f;
  f.harness.double_click("p/y");
  f.harness.type("6,");
  f.harness.key(Key::kEnter);
  f.harness.frame(2);
  EXPECT_NE(f.harness.edit.typing, 0u);
  EXPECT_TRUE(f.seen.empty());
  f.harness.type("8");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.value, (Yx{6, 8}));
}

TEST(PairField, LimitsOfBothNumbersAreSaid) {
  PairFixture f;
  f.harness.double_click("p/x");
  f.harness.type("0 99");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.value, (Yx{1, 31}));
  EXPECT_EQ(f.harness.edit.said,
            "0 is beyond 1 to 31: 1 is taken. 99 is beyond 1 to 31: 31 is taken.");
}

// Else the second double click would edit another field.
TEST(PairField, KeepsItsPlaceAndWidthWhateverIsTypedOrScrolled) {
  PairFixture f;
  const auto expect_places = [&, before = f.harness.items](const char* when) {
    for (const char* name : {"p", "p/y", "p/x", "next"}) {
      const auto was = before.find(name);
      const auto is = f.harness.items.find(name);
      ASSERT_TRUE(was && is) << name << when;
      EXPECT_EQ(is->min.x, was->min.x) << name << when;
      EXPECT_EQ(is->max.x, was->max.x) << name << when;
      EXPECT_EQ(is->min.y, was->min.y) << name << when;
      EXPECT_EQ(is->max.y, was->max.y) << name << when;
    }
  };
  f.harness.click("p/x");
  f.harness.wheel("p/x", 20.0f);
  f.harness.frame();
  EXPECT_EQ(f.value, (Yx{2, 23}));
  expect_places(" after scrolling");
  f.harness.double_click("p/x");
  expect_places(" as typing begins");
  f.harness.type("1");
  expect_places(" while typing");
  f.harness.key(Key::kEnter);
  expect_places(" after typing");
  f.value = {100, 4096};  // more than there is room for
  f.harness.frame();
  expect_places(" with large numbers");
}

}  // namespace
}  // namespace convscope::ui
