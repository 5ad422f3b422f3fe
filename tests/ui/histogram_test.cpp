#include "app/ui/histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "app/ui/cells.h"
#include "ui_harness.h"

namespace convscope::ui {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();

Index sum(const std::vector<Index>& counts) {
  return std::accumulate(counts.begin(), counts.end(), Index{0});
}

TEST(Histogram, CountsTheValuesOfEachPart) {
  const std::vector<float> values = {0.0f, 0.5f, 1.0f, 1.5f, 2.0f, 3.5f, 4.0f, 4.0f};
  const Histogram h = histogram_of(values, 8, 4);
  EXPECT_EQ(h.range, (ValueRange{0.0f, 4.0f}));
  EXPECT_EQ(h.counts, (std::vector<Index>{2, 2, 1, 3}));  // the last has the largest value too
  EXPECT_EQ(h.values, 8);
  EXPECT_EQ(h.counted, 8);
  EXPECT_EQ(h.step, 1);
  EXPECT_DOUBLE_EQ(h.mean, 16.5 / 8.0);
}

TEST(Percentiles, LeaveTheEndsOut) {
  std::vector<float> values;
  for (int i = 0; i < 100; ++i)
    values.push_back(static_cast<float>((i * 37) % 100));
  EXPECT_EQ(percentiles(values, 10), (ValueRange{2.0f, 97.0f}));
  values[3] = 1e9f;
  values[70] = kNan;
  values[71] = -kInf;
  const std::optional<ValueRange> most = percentiles(values, 10);
  ASSERT_TRUE(most);
  EXPECT_LT(most->hi, 100.0f);
  EXPECT_EQ(percentiles(std::vector<float>{-1, 5}, 2), (ValueRange{-1, 5}));
}

TEST(Percentiles, AreNothingWhereNearlyAllIsTheSame) {
  std::vector<float> values(1000, 2.0f);
  values[500] = 9.0f;
  EXPECT_EQ(percentiles(values, 10), std::nullopt);
  EXPECT_EQ(percentiles({}, 1), std::nullopt);
  EXPECT_EQ(percentiles(std::vector<float>{kNan, kInf}, 2), std::nullopt);
}

TEST(Percentiles, OfLargePlanesAreThoseOfASample) {
  std::vector<float> values(1'000'000);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<float>((i * 7919) % 1000);
  const std::optional<ValueRange> most = percentiles(values, 1000, 5000);
  ASSERT_TRUE(most);
  EXPECT_NEAR(most->lo, 20.0f, 12.0f);
  EXPECT_NEAR(most->hi, 980.0f, 12.0f);
}

TEST(Histogram, WhatIsNotFiniteIsCountedApart) {
  const std::vector<float> values = {kNan, 1.0f, kInf, -kInf, 3.0f, kNan, kNan};
  const Histogram h = histogram_of(values, 7, 2);
  EXPECT_EQ(h.counts, (std::vector<Index>{1, 1}));
  EXPECT_EQ(h.nans, 3);
  EXPECT_EQ(h.infinities, 2);
  EXPECT_DOUBLE_EQ(h.mean, 2.0);
  EXPECT_EQ(summary_text(h, {}), "7 values: smallest 1, mean 2, largest 3");
  EXPECT_EQ(remarks_text(h), "3 values are NaN, 2 are infinite.");
}

TEST(Histogram, OneValueOrNone) {
  const Histogram same = histogram_of(std::vector<float>(5, -2.5f), 5);
  EXPECT_EQ(sum(same.counts), 5);
  EXPECT_DOUBLE_EQ(same.mean, -2.5);
  const Histogram none = histogram_of(std::vector<float>{kInf}, 1);
  EXPECT_EQ(sum(none.counts), 0);
  EXPECT_EQ(summary_text(none, {}), "1 value");
  EXPECT_EQ(remarks_text(none), "1 value is infinite.");
  EXPECT_EQ(histogram_of({}, 1).values, 0);
}

TEST(Histogram, TheWidestRangeThereIs) {
  const float most = std::numeric_limits<float>::max();
  const Histogram h = histogram_of(std::vector<float>{-most, 0.0f, most}, 3, 3);
  EXPECT_EQ(h.counts, (std::vector<Index>{1, 1, 1}));
}

TEST(Histogram, LargePlanesAreSampledInAllTheirColumns) {
  constexpr Index kWidth = 1920;
  std::vector<float> values(1080 * kWidth);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<float>(i % kWidth);
  const Histogram h = histogram_of(values, kWidth);
  EXPECT_GT(h.step, 1);
  EXPECT_EQ(std::gcd(h.step, kWidth), 1);
  EXPECT_LE(h.counted, 250000);
  EXPECT_EQ(h.range, (ValueRange{0.0f, 1919.0f}));  // exact
  EXPECT_NEAR(h.mean, 959.5, 1.0);
  for (const Index count : h.counts) {
    EXPECT_NEAR(static_cast<double>(count), static_cast<double>(h.counted) / 48.0,
                static_cast<double>(h.counted) * 0.001);
  }
  EXPECT_EQ(remarks_text(h), "Every 11th value was counted.");
  EXPECT_EQ(summary_text(h, {NumberMode::kFixed, 0}).substr(0, 34),
            "2 073 600 values: smallest 0, mean");
}

// The colours of all that is filled and drawn.
std::vector<ImU32> drawn_colors() {
  std::vector<ImU32> colors;
  const ImDrawData* data = ImGui::GetDrawData();
  for (int i = 0; i < data->CmdListsCount; ++i) {
    for (const ImDrawVert& v : data->CmdLists[i]->VtxBuffer)
      colors.push_back(v.col);
  }
  return colors;
}

TEST(Histogram, BarsOfTheWidestRangeHaveTheirColors) {
  UiHarness harness;
  const Histogram h = histogram_of(std::vector<float>{-3e38f, 0.0f, 3e38f}, 3, 3);
  const HeatmapStyle style{.lo = -3e38f, .hi = 3e38f};
  harness.draw = [&](Ui& ui) { draw_histogram(ui, "h", {200, 100}, h, style); };
  harness.frame(2);
  const std::vector<ImU32> colors = drawn_colors();
  for (const float value : {-2e38f, 0.0f, 2e38f})
    EXPECT_NE(std::ranges::count(colors, value_color(style, value)), 0) << value;
  EXPECT_EQ(std::ranges::count(colors, to_imgui(kPosInfColor)), 0);
}

TEST(Histogram, ABarTellsItsCount) {
  UiHarness harness;
  const Histogram h = histogram_of(std::vector<float>{0.0f, 1.0f, 1.0f}, 3, 2);
  harness.draw = [&](Ui& ui) { draw_histogram(ui, "h", {200, 100}, h, {}); };
  harness.frame(2);
  const auto rect = harness.rect("h");
  EXPECT_EQ(rect.max.x - rect.min.x, 200);
  EXPECT_LT(rect.max.y - rect.min.y, 100);  // the numbers stand below
  const int before = ImGui::GetDrawData()->CmdListsCount;
  harness.move(rect.center());
  harness.frame();
  EXPECT_GT(ImGui::GetDrawData()->CmdListsCount, before) << "no tooltip";
}

}  // namespace
}  // namespace convscope::ui
