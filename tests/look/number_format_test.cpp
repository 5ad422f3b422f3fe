#include "app/look/number_format.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace convscope::look {
namespace {

// Every sign one wide.
float signs(std::string_view text) {
  float count = 0.0f;
  for (const char c : text)
    count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1.0f : 0.0f;
  return count;
}

TEST(FitNumber, HasTheMostDigitsThatFit) {
  EXPECT_EQ(fit_number(0.97998, 10, signs), "0.98");
  EXPECT_EQ(fit_number(-1.23456, 10, signs), "−1.235");
  EXPECT_EQ(fit_number(-1.23456, 5, signs), "−1.23");
  EXPECT_EQ(fit_number(-1.23456, 2, signs), "−1");
  EXPECT_EQ(fit_number(-1.23456, 1, signs), "");
  EXPECT_EQ(fit_number(-1.23456, 20, signs, 6), "−1.23456");
}

TEST(ExactText, TellsFloatsApart) {
  EXPECT_EQ(exact_text(0.1f), "0.1");
  EXPECT_EQ(exact_text(-0.97998f), "−0.97998");
  EXPECT_EQ(exact_text(0.0f), "0");
  EXPECT_EQ(exact_text(-0.0f), "0");
  EXPECT_EQ(exact_text(16777216.0f), "16777216");
  EXPECT_EQ(exact_text(16777218.0f), "16777218");
}

CellFormat format(std::vector<float> values, float width) {
  return choose_cell_format(values, width, signs);
}

TEST(CellFormat, WholeNumbersHaveNoDecimals) {
  EXPECT_EQ(format({1, -1, 0}, 6), (CellFormat{0, false}));
}

TEST(CellFormat, HasOneNumberOfDecimalsForAll) {
  const CellFormat three = format({1.0f, -0.97998f, 0.5f}, 6);
  EXPECT_EQ(three, (CellFormat{3, false}));
  EXPECT_EQ(cell_text(1.0f, three), "1");
  EXPECT_EQ(cell_text(-0.97998f, three), "−0.980");
  EXPECT_EQ(cell_text(0.5f, three), "0.5");
  EXPECT_EQ(format({1.0f, -0.97998f}, 5), (CellFormat{2, false}));
  EXPECT_EQ(format({1.0f, -0.97998f}, 4), (CellFormat{1, false}));
}

TEST(CellFormat, SmallAndLargeValuesHavePowers) {
  const CellFormat small = format({1e-5f, -2.5e-4f}, 10);
  EXPECT_TRUE(small.scientific);
  EXPECT_EQ(cell_text(-2.5e-4f, {1, true}), "−2.5×10⁻⁴");
  EXPECT_TRUE(format({3e7f}, 10).scientific);
}

RC_GTEST_PROP(WidthSamples, GiveTheFormatOfAllValues, ()) {
  const int power = *rc::gen::inRange(-7, 8);
  std::vector<float> values;
  const int count = *rc::gen::inRange(1, 30);
  for (int i = 0; i < count; ++i) {
    const float number = static_cast<float>(*rc::gen::inRange(-100000, 100000));
    // Some are round, some are not.
    const float divisor = *rc::gen::element(1.0f, 3.0f, 10.0f, 1000.0f, 99999.5f);
    values.push_back(number / divisor * std::pow(10.0f, static_cast<float>(power)));
  }
  const float width = static_cast<float>(*rc::gen::inRange(1, 12));
  const NumberStyle style{
      *rc::gen::element(NumberMode::kAutomatic, NumberMode::kFixed, NumberMode::kScientific),
      *rc::gen::inRange(0, kMaxDecimals + 1)};
  const std::vector<float> samples = width_samples(values, style);
  const CellFormat all = choose_cell_format(values, width, signs, style);
  RC_ASSERT(choose_cell_format(samples, width, signs, style) == all);
  const auto widest = [&](const std::vector<float>& some) {
    float most = 0.0f;
    for (const float value : some)
      most = std::max(most, value == 0.0f ? 0.0f : signs(cell_text(value, all)));
    return most;
  };
  RC_ASSERT(widest(samples) == widest(values));
}

TEST(CellFormat, FixedDecimalsAreKept) {
  const NumberStyle two{NumberMode::kFixed, 2};
  const std::vector<float> values = {1.0f, -0.97998f, 0.0f};
  const CellFormat format = choose_cell_format(values, 6, signs, two);
  EXPECT_EQ(cell_text(1.0f, format), "1.00");
  EXPECT_EQ(cell_text(-0.97998f, format), "−0.98");
  EXPECT_EQ(cell_text(0.0f, format), "0.00");
  // As many as there is room for, and equally many in all cells.
  const CellFormat narrow = choose_cell_format(values, 4, signs, two);
  EXPECT_EQ(cell_text(1.0f, narrow), "1.0");
  EXPECT_EQ(cell_text(-0.97998f, narrow), "−1.0");
}

TEST(CellFormat, OnlyZeroIsWrittenAsZero) {
  for (const NumberStyle& style :
       {NumberStyle{}, NumberStyle{NumberMode::kFixed, 2}, NumberStyle{NumberMode::kFixed, 0}}) {
    const std::vector<float> values = {1.0f, 0.0004f, -0.0004f, 0.0f};
    const CellFormat format = choose_cell_format(values, 6, signs, style);
    EXPECT_EQ(cell_text(0.0004f, format), "≈0");
    EXPECT_EQ(cell_text(-0.0004f, format), "≈0");
    EXPECT_EQ(cell_text(0.0f, format).find_first_not_of("0."), std::string::npos);
  }
}

TEST(CellFormat, ScientificIsForAllValues) {
  const std::vector<float> values = {1.5f, -2.5e-4f};
  const CellFormat format = choose_cell_format(values, 12, signs, {NumberMode::kScientific, 2});
  EXPECT_EQ(cell_text(1.5f, format), "1.50×10⁰");
  EXPECT_EQ(cell_text(-2.5e-4f, format), "−2.50×10⁻⁴");
  EXPECT_EQ(cell_text(0.0f, format), "0");
}

TEST(ValueText, FollowsTheStyle) {
  EXPECT_EQ(value_text(0.1f, {}), "0.1");
  EXPECT_EQ(value_text(0.1f, {NumberMode::kFixed, 3}), "0.100");
  EXPECT_EQ(value_text(-1234.6f, {NumberMode::kFixed, 0}), "−1235");
  EXPECT_EQ(value_text(-1234.5f, {NumberMode::kScientific, 1}), "−1.2×10³");
  EXPECT_EQ(value_text(std::numeric_limits<float>::quiet_NaN(), {NumberMode::kFixed, 3}), "NaN");
}

TEST(CellFormat, WhatIsNotFiniteDoesNotCount) {
  const float inf = std::numeric_limits<float>::infinity();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(format({nan, inf, 1, 2}, 3), (CellFormat{0, false}));
  EXPECT_EQ(format({nan}, 3), (CellFormat{0, false}));
  EXPECT_EQ(cell_text(nan, {2, false}), "NaN");
  EXPECT_EQ(cell_text(-inf, {2, true}), "−∞");
}

TEST(TellingDecimals, AreThoseOfTwoDigitsOfTheLargestValue) {
  const auto decimals = [](const std::vector<float>& values) {
    return distinguishing_decimals(values);
  };
  EXPECT_EQ(decimals({0.1123f, -0.0412f, 0.0031f}), 2);
  EXPECT_EQ(decimals({0.0541f, -0.0987f}), 3);
  EXPECT_EQ(decimals({-0.9f, 0.25f}), 2);
  EXPECT_EQ(decimals({0.5f, 0.0f}), 1);
  EXPECT_EQ(decimals({12.25f, 0.125f}), 1);
  EXPECT_EQ(decimals({77246.5f, -100.125f}), 0);
  EXPECT_EQ(decimals({1.0f, -1.0f, std::numeric_limits<float>::quiet_NaN()}), 0);
}

TEST(PowerOfTenText, HasRaisedDigits) {
  EXPECT_EQ(power_of_ten_text(-2), "10⁻²");
  EXPECT_EQ(power_of_ten_text(0), "10⁰");
  EXPECT_EQ(power_of_ten_text(13), "10¹³");
}

}  // namespace
}  // namespace convscope::look
