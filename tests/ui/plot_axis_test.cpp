#include "app/look/plot_axis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "app/ui/plot_lines.h"

namespace convscope::ui {
namespace {

using testing::ElementsAre;

std::vector<std::string> texts(const std::vector<AxisTick>& ticks) {
  std::vector<std::string> result;
  for (const AxisTick& tick : ticks)
    result.push_back(tick.text);
  return result;
}

TEST(LinearTicks, AreRound) {
  EXPECT_THAT(texts(linear_ticks(0, 24, 5)), ElementsAre("0", "5", "10", "15", "20"));
  EXPECT_THAT(texts(linear_ticks(0, 1, 6)), ElementsAre("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"));
  EXPECT_THAT(texts(linear_ticks(-1, 1, 5)), ElementsAre("−1.0", "−0.5", "0.0", "0.5", "1.0"));
  EXPECT_THAT(texts(linear_ticks(0.013, 0.031, 5)),
              ElementsAre("0.015", "0.020", "0.025", "0.030"));
  EXPECT_THAT(texts(linear_ticks(0, 4000, 5)), ElementsAre("0", "1000", "2000", "3000", "4000"));
}

TEST(LinearTicks, StepsStayWhole) {
  EXPECT_THAT(texts(linear_ticks(0, 2, 8, true)), ElementsAre("0", "1", "2"));
  EXPECT_THAT(texts(linear_ticks(0, 1, 8, true)), ElementsAre("0", "1"));
}

TEST(LinearTicks, LargeAndSmallValuesAreWrittenWithPowers) {
  EXPECT_THAT(texts(linear_ticks(0, 2e7, 3)), ElementsAre("0", "1×10⁷", "2×10⁷"));
  EXPECT_THAT(texts(linear_ticks(1e-6, 3e-6, 3)), ElementsAre("1×10⁻⁶", "2×10⁻⁶", "3×10⁻⁶"));
}

TEST(LogTicks, AreDecades) {
  EXPECT_THAT(texts(log_ticks(1e-3, 100, 8)),
              ElementsAre("10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹", "10²"));
  EXPECT_THAT(texts(log_ticks(2e-3, 50, 8)), ElementsAre("10⁻²", "10⁻¹", "10⁰", "10¹"));
}

TEST(LogTicks, AreThinnedOutEvenly) {
  EXPECT_THAT(texts(log_ticks(1e-5, 1e2, 4)), ElementsAre("10⁻⁴", "10⁻²", "10⁰", "10²"));
  EXPECT_THAT(texts(log_ticks(1e-30, 1, 4)), ElementsAre("10⁻³⁰", "10⁻²⁰", "10⁻¹⁰", "10⁰"));
}

TEST(LogTicks, SplitOneDecade) {
  EXPECT_THAT(texts(log_ticks(0.4, 12, 8)), ElementsAre("0.5", "1", "2", "5", "10"));
  EXPECT_THAT(texts(log_ticks(0.4, 12, 2)), ElementsAre("10⁰", "10¹"));
}

TEST(LogTicks, AreLinearUnderOneDecade) {
  EXPECT_THAT(texts(log_ticks(0.012, 0.019, 4)), ElementsAre("0.012", "0.014", "0.016", "0.018"));
}

TEST(PlotAxis, MapsThereAndBack) {
  const PlotAxis linear{-2, 6, false};
  EXPECT_DOUBLE_EQ(linear.fraction(0), 0.25);
  EXPECT_DOUBLE_EQ(linear.value(0.25), 0);
  const PlotAxis log{1e-4, 1e4, true};
  EXPECT_DOUBLE_EQ(log.fraction(1), 0.5);
  EXPECT_NEAR(log.value(0.75), 100, 1e-9);
  EXPECT_FALSE(log.shows(0));
  EXPECT_FALSE(log.shows(-1));
  EXPECT_TRUE(linear.shows(-1));
  EXPECT_FALSE(linear.shows(std::numeric_limits<double>::quiet_NaN()));
  EXPECT_FALSE(log.shows(std::numeric_limits<double>::infinity()));
}

AxisRange range_of(std::initializer_list<double> values) {
  AxisRange range;
  for (const double value : values)
    range.add(value);
  return range;
}

TEST(Axis, OneValueHasRoom) {
  const PlotAxis x = tight_axis(range_of({3}));
  EXPECT_EQ(x.lo, 3);
  EXPECT_EQ(x.hi, 4);
  const PlotAxis y = roomy_axis(range_of({8}), true);
  EXPECT_NEAR(y.fraction(8), 0.5, 1e-12);
  const PlotAxis zero = roomy_axis(range_of({0}), false);
  EXPECT_EQ(zero.lo, 0);
  EXPECT_EQ(zero.hi, 1);
}

TEST(Axis, NoNegativeEndsWithoutNegativeValues) {
  EXPECT_EQ(roomy_axis(range_of({0.01, 5}), false).lo, 0);
  EXPECT_LT(roomy_axis(range_of({-0.01, 5}), false).lo, -0.01);
}

RC_GTEST_PROP(Axis, TicksAreInsideAscendingAndNotTooMany, ()) {
  const auto power = [] { return std::pow(10.0, *rc::gen::inRange(-300, 300) * 0.5); };
  const bool log = *rc::gen::arbitrary<bool>();
  const double sign = log || *rc::gen::arbitrary<bool>() ? 1.0 : -1.0;
  AxisRange range;
  range.add(sign * power());
  range.add(power() * *rc::gen::inRange(1, 1000));
  const int most = *rc::gen::inRange(1, 20);
  const PlotAxis axis =
      *rc::gen::arbitrary<bool>() || log ? roomy_axis(range, log) : tight_axis(range);
  RC_ASSERT(axis.hi > axis.lo);
  const std::vector<AxisTick> ticks = axis_ticks(axis, most);
  RC_ASSERT(static_cast<int>(ticks.size()) <= most);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    const double f = axis.fraction(ticks[i].value);
    RC_ASSERT(f >= -1e-6);
    RC_ASSERT(f <= 1.0 + 1e-6);
    RC_ASSERT(!ticks[i].text.empty());
    if (i > 0) RC_ASSERT(ticks[i].value > ticks[i - 1].value);
    if (i > 0) RC_ASSERT(ticks[i].text != ticks[i - 1].text);
  }
}

TEST(Thinned, KeepsWhatIsSeen) {
  std::vector<ImVec2> points;
  for (int i = 0; i < 1000; ++i)
    points.push_back({static_cast<float>(i) * 0.01f, i % 2 == 0 ? 0.0f : 100.0f});
  points[505].y = 170.0f;
  const std::vector<ImVec2> kept = thinned(points);
  EXPECT_LE(kept.size(), 40u);
  EXPECT_EQ(kept.front().x, points.front().x);
  EXPECT_EQ(kept.back().x, points.back().x);
  EXPECT_TRUE(std::ranges::any_of(kept, [](ImVec2 p) { return p.y == 170.0f; }));
  for (std::size_t i = 1; i < kept.size(); ++i)
    EXPECT_GE(kept[i].x, kept[i - 1].x);
  const std::vector<ImVec2> few = {{0, 1}, {5, 2}, {9, 3}};
  EXPECT_EQ(thinned(few).size(), 3u);
}

TEST(SmoothParts, AreCutAtSharpTurns) {
  const std::vector<ImVec2> line = {{0, 0}, {1, 50}, {2, 100}, {3, 0}, {4, 90}, {20, 90}};
  const auto parts = smooth_parts(line);
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[0].size(), 3u);
  EXPECT_EQ(parts[1].front().y, 100);
  EXPECT_EQ(parts[1].back().y, 0);
  EXPECT_EQ(parts[2].size(), 3u);
  EXPECT_EQ(smooth_parts(std::span(line).first(2)).size(), 1u);
}

TEST(Dashes, HaveTheirLengthsAroundCorners) {
  const std::vector<ImVec2> corner = {{0, 0}, {4, 0}, {4, 20}};
  const auto result = dashes(corner, 6, 5);
  ASSERT_EQ(result.size(), 3u);  // 0 to 6, 11 to 17, 22 to 24 along the line
  ASSERT_EQ(result[0].size(), 3u);
  EXPECT_EQ(result[0][1].x, 4);
  EXPECT_EQ(result[0][2].y, 2);
  ASSERT_EQ(result[1].size(), 2u);
  EXPECT_EQ(result[1][0].y, 7);
  EXPECT_EQ(result[1][1].y, 13);
  EXPECT_EQ(result[2].back().y, 20);
}

}  // namespace
}  // namespace convscope::ui
