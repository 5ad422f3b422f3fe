#include "engine/core/number_text.h"

#include <gtest/gtest.h>

#include <limits>

namespace convscope::engine {
namespace {

TEST(NumberText, WritesAsMuchAsIsThere) {
  EXPECT_EQ(number_text(0.0), "0");
  EXPECT_EQ(number_text(-1.0), "−1");
  EXPECT_EQ(number_text(0.03), "0.03");
  EXPECT_EQ(number_text(1.015), "1.015");
  EXPECT_EQ(number_text(24.12), "24.12");
  EXPECT_EQ(number_text(10.0), "10");
  EXPECT_EQ(number_text(double{0.1f}), "0.1");
}

TEST(NumberText, RoundsToTheDigitsAskedFor) {
  EXPECT_EQ(number_text(3.14159265), "3.14159");
  EXPECT_EQ(number_text(3.14159265, 3), "3.14");
  EXPECT_EQ(number_text(9.9996, 4), "10");
  EXPECT_EQ(number_text(0.99999, 4), "1");
}

TEST(NumberText, LeavesTheFixedFormWhereItWouldBeLong) {
  EXPECT_EQ(number_text(123456.0), "123456");
  EXPECT_EQ(number_text(1234567.0), "1.23457×10⁶");
  EXPECT_EQ(number_text(-0.0000125), "−1.25×10⁻⁵");
  EXPECT_EQ(number_text(0.000125), "0.000125");
  EXPECT_EQ(number_text(1e38), "1×10³⁸");
}

TEST(NumberText, HasNoMinusZero) {
  EXPECT_EQ(number_text(-0.0), "0");
  EXPECT_EQ(fixed_text(-0.0, 2), "0.00");
  EXPECT_EQ(fixed_text(-0.001, 2), "≈0");
}

TEST(NumberText, NamesWhatIsNoNumber) {
  EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN()), "NaN");
  EXPECT_EQ(number_text(std::numeric_limits<double>::infinity()), "∞");
  EXPECT_EQ(fixed_text(-std::numeric_limits<double>::infinity(), 3), "−∞");
}

TEST(NumberText, WritesNothingButZeroAsZero) {
  for (const double value : {0.5, 0.1, 0.004, 1e-9, 1e-300, 5e-324}) {
    for (int digits = 0; digits <= 6; ++digits) {
      for (const double with_sign : {value, -value}) {
        const std::string fixed = fixed_text(with_sign, digits);
        EXPECT_NE(fixed.find_first_not_of("−0."), std::string::npos) << value << " " << fixed;
        const std::string number = number_text(with_sign, digits + 1);
        EXPECT_NE(number.find_first_not_of("−0."), std::string::npos) << value << " " << number;
      }
    }
  }
  EXPECT_EQ(fixed_text(0.004, 2), "≈0");
  EXPECT_EQ(fixed_text(0.006, 2), "0.01");
}

TEST(WholeText, HasAllDigitsOfWholeNumbers) {
  EXPECT_EQ(whole_text(16777216.0, 4), "16777216");
  EXPECT_EQ(whole_text(16777218.0, 4), "16777218");
  EXPECT_EQ(whole_text(-123456.0, 3), "−123456");
  EXPECT_EQ(whole_text(123456.5, 3), "1.23×10⁵");
  EXPECT_EQ(whole_text(3e12, 4), "3×10¹²");
}

TEST(FixedText, KeepsItsDecimals) {
  EXPECT_EQ(fixed_text(-0.98, 3), "−0.980");
  EXPECT_EQ(fixed_text(1234.5, 1), "1234.5");
  EXPECT_EQ(fixed_text(2.0, 0), "2");
}

TEST(CountText, GroupsByThree) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1000), "1 000");
  EXPECT_EQ(count_text(1234567), "1 234 567");
  EXPECT_EQ(count_text(-12345), "−12 345");
}

}  // namespace
}  // namespace convscope::engine
