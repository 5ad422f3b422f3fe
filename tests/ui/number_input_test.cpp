#include "app/ui/number_input.h"

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

TEST(ParseNumber, TakesWhatPeopleWrite) {
  EXPECT_EQ(parse_number("12"), 12.0);
  EXPECT_EQ(parse_number(" -0.5 "), -0.5);
  EXPECT_EQ(parse_number("−0.5"), -0.5) << "the program's own minus sign";
  EXPECT_EQ(parse_number("0,25"), 0.25);
  EXPECT_EQ(parse_number("+3"), 3.0);
  EXPECT_EQ(parse_number(".5"), 0.5);
  EXPECT_EQ(parse_number("1.2e-3"), 1.2e-3);
  EXPECT_EQ(parse_number("1/8"), 0.125);
  EXPECT_EQ(parse_number("-1 / 4"), -0.25);
}

TEST(ParseNumber, RefusesTheRest) {
  for (const char* text : {"",      " ",     "-",        "abc", "1.2.3", "1,2,3", "1/0",   "1/",
                           "/2",    "1/2/3", "inf",      "nan", "1e999", "0x10",  "2 3",   "1.5,2",
                           "×10⁻³", "2²",    "1/2×10⁻³", "+-5", "++5",   "1e400", "-1e400"}) {
    EXPECT_EQ(parse_number(text), std::nullopt) << text;
  }
}

TEST(ParseNumber, RefusesAFractionThatIsNotFinite) {
  for (const char* text : {"1e300/1e-300", "-1e308/0,1", "1/1e-320", "0/0"})
    EXPECT_EQ(parse_number(text), std::nullopt) << text;
  EXPECT_EQ(parse_number("1e-320/1"), 1e-320);
}

TEST(ParseNumber, KnowsWhatIsNotFinite) {
  for (const char* text : {"nan", "NaN", "inf", "-inf", "+infinity", "−inf", "1e400", "-1e400",
                           "1e999", "1/0", "0/0", "1e300/1e-300"}) {
    EXPECT_TRUE(is_not_finite(text)) << text;
  }
  for (const char* text : {"", "abc", "1", "1e-400", "i", "na", "1e4x"})
    EXPECT_FALSE(is_not_finite(text)) << text;
  EXPECT_EQ(parse_number("1e-400"), 0.0);
}

TEST(ParsePair, TakesPairsAsTheyAreShownAndSaid) {
  for (const char* text : {"6,8", "6, 8", " 6 , 8 ", "6 8", "6x8", "6 x 8", "6X8", "6×8", "6 × 8",
                           "6*8", "6;8", "(6, 8)", "[6, 8]"}) {
    EXPECT_TRUE(looks_like_pair(text)) << text;
    const std::optional<NumberPair> pair = parse_pair(text);
    ASSERT_TRUE(pair.has_value()) << text;
    EXPECT_EQ(pair->first, 6.0) << text;
    EXPECT_EQ(pair->second, 8.0) << text;
  }
  for (const char* text : {"", "6", "-6", "1e3", " 12 "})
    EXPECT_FALSE(looks_like_pair(text)) << text;
  for (const char* text : {"6,", ",8", "6,,8", "6,8,9", "6 8 9", "6x", "a,b", "6,nan"})
    EXPECT_EQ(parse_pair(text), std::nullopt) << text;
}

TEST(ParseNumber, ReadsBackEveryExactText) {
  for (const float value : {0.1f, -0.97998f, 1e-20f, 3.4e38f, 1.0f / 3.0f, -7.0f, 123456.7f}) {
    const auto read = parse_number(exact_text(value));
    ASSERT_TRUE(read.has_value()) << exact_text(value);
    EXPECT_EQ(static_cast<float>(*read), value) << exact_text(value);
  }
}

struct NumberFixture {
  UiHarness harness;
  float value = 1.0f;
  FieldOptions options;
  std::vector<EditEvent> events;
  NumberFixture() {
    options.limits = {-2.0, 2.0, 0.1, false};
    harness.draw = [this](Ui& ui) {
      const EditEvent event = float_field(ui, "n", "n", value, options);
      if (event.changed) events.push_back(event);
    };
    harness.frame();
  }
};

TEST(NumberField, ShiftIsFineAndControlCoarse) {
  NumberFixture f;
  const ImVec2 at = f.harness.rect("n").center();
  f.harness.hold(false, true);
  f.harness.drag(at, {at.x + 20, at.y});
  f.harness.hold(false, false);
  EXPECT_NEAR(f.value, 1.05f, 1e-6f);
  f.harness.hold(false, true);
  f.harness.wheel("n", 1.0f);
  f.harness.hold(false, false);
  EXPECT_NEAR(f.value, 1.06f, 1e-6f);
  f.value = 0.0f;
  f.harness.hold(true, false);
  f.harness.wheel("n", 1.0f);
  f.harness.hold(false, false);
  EXPECT_NEAR(f.value, 1.0f, 1e-6f);
}

TEST(NumberField, ANumberThatIsNoneCanBeChanged) {
  NumberFixture f;
  for (const float odd :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    f.value = odd;
    f.harness.click("n");
    f.harness.wheel("n", 1.0f);
    EXPECT_FLOAT_EQ(f.value, 0.1f);
    f.value = odd;
    const ImVec2 at = f.harness.rect("n").center();
    f.harness.drag(at, {at.x + 20, at.y});
    EXPECT_FLOAT_EQ(f.value, 0.5f);
    f.value = odd;
    f.harness.double_click("n");
    f.harness.type("0.75");
    f.harness.key(Key::kEnter);
    EXPECT_EQ(f.value, 0.75f);
  }
}

TEST(NumberField, EnteringTheSameNumberIsNoChange) {
  NumberFixture f;
  f.value = 0.1f;  // not 0.1 as a double
  f.harness.double_click("n");
  f.harness.key(Key::kEnter);
  EXPECT_TRUE(f.events.empty());
  f.options.limits.hi = 0.1;
  f.harness.wheel("n", 1.0f);
  EXPECT_TRUE(f.events.empty());
}

TEST(NumberField, ATextThatIsNoNumberStaysOpen) {
  NumberFixture f;
  for (const Key key : {Key::kEnter, Key::kTab}) {
    f.harness.double_click("n");
    f.harness.type("1.5x");
    f.harness.key(key);
    f.harness.frame(2);
    EXPECT_NE(f.harness.edit.typing, 0u);
    EXPECT_TRUE(f.harness.edit.wrong);
    EXPECT_TRUE(f.events.empty());
    f.harness.key(Key::kEscape);
    EXPECT_EQ(f.harness.edit.typing, 0u);
    EXPECT_TRUE(f.events.empty());
  }
  f.harness.double_click("n");
  f.harness.type("1.5x");
  f.harness.key(Key::kEnter);
  f.harness.frame(2);
  f.harness.key(Key::kBackspace);
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.value, 1.5f) << "the text can be mended";
  EXPECT_EQ(f.harness.edit.typing, 0u);
}

TEST(NumberField, AClickElsewhereGivesUpATextThatIsNoNumber) {
  NumberFixture f;
  f.harness.double_click("n");
  f.harness.type("x");
  f.harness.click(ImVec2{1000, 600});
  EXPECT_EQ(f.harness.edit.typing, 0u);
  EXPECT_TRUE(f.events.empty());
}

// Whether a text in the warning colour was drawn over the window.
bool complains(const UiHarness& harness) {
  const ImVector<ImDrawVert>& vertices = ImGui::GetForegroundDrawList()->VtxBuffer;
  return std::any_of(vertices.begin(), vertices.end(),
                     [&](const ImDrawVert& v) { return v.col == harness.theme.color.bad; });
}

TEST(NumberField, LimitsAreToldWhileALargerNumberIsTyped) {
  NumberFixture f;
  f.harness.double_click("n");
  f.harness.type("2");
  f.harness.frame();
  EXPECT_FALSE(complains(f.harness));
  f.harness.type("1");
  f.harness.frame();
  EXPECT_TRUE(complains(f.harness));
  f.harness.key(Key::kEnter);
  f.harness.frame();
  EXPECT_EQ(f.value, 2.0f);
  EXPECT_FALSE(complains(f.harness));
}

// The width of the box of what is said about a typed text; 0 where nothing is.
float complaint_width(const UiHarness& harness) {
  const auto box = harness.items.find("typed/complaint");
  return box ? box->max.x - box->min.x : 0.0f;
}

float width_of_complaint(const UiHarness& harness, const char* text) {
  const ImFont* font = harness.theme.font.small;
  return text_size(font, font_size(font), text).x + 2 * harness.theme.px(6.0f);
}

TEST(NumberField, WhatIsNotFiniteIsToldSo) {
  NumberFixture f;
  for (const char* text : {"nan", "inf", "1e400"}) {
    f.harness.double_click("n");
    f.harness.type(text);
    f.harness.key(Key::kEnter);
    f.harness.frame(2);
    EXPECT_NE(f.harness.edit.typing, 0u) << text;
    EXPECT_FLOAT_EQ(complaint_width(f.harness), width_of_complaint(f.harness, "must be finite"))
        << text;
    f.harness.key(Key::kEscape);
  }
  EXPECT_TRUE(f.events.empty());
  f.harness.double_click("n");
  f.harness.type("abc");
  f.harness.key(Key::kEnter);
  f.harness.frame(2);
  EXPECT_FLOAT_EQ(complaint_width(f.harness), width_of_complaint(f.harness, "not a number"));
}

TEST(NumberField, ALimitThatWasAppliedIsSaid) {
  NumberFixture f;
  f.harness.double_click("n");
  f.harness.type("17");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.harness.edit.said, "17 is beyond −2 to 2: 2 is taken.");
  f.harness.edit.said.clear();
  f.harness.double_click("n");
  f.harness.type("1.5");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.harness.edit.said, "");
  f.options.limits.integer = true;
  f.harness.double_click("n");
  f.harness.type("0.7");
  f.harness.key(Key::kEnter);
  EXPECT_EQ(f.harness.edit.said, "0.7 is no whole number: 1 is taken.");
}

TEST(NumberField, TabEndsTyping) {
  NumberFixture f;
  f.harness.double_click("n");
  f.harness.type("0.5");
  f.harness.key(Key::kTab);
  f.harness.frame();
  EXPECT_EQ(f.value, 0.5f);
  EXPECT_EQ(f.harness.edit.typing, 0u);
  EXPECT_EQ(f.events.size(), 1u);
}

}  // namespace
}  // namespace convscope::ui
