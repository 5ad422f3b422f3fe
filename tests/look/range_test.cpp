#include "app/look/range.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "engine/color/colormap.h"

namespace convscope::look {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();

TEST(FiniteRange, IgnoresWhatIsNotFinite) {
  const std::array<float, 6> values = {kNan, 3.0f, -kInf, -1.5f, kInf, 2.0f};
  EXPECT_EQ(finite_range(values), (ValueRange{-1.5f, 3.0f}));
}

TEST(FiniteRange, EveryPlaceCounts) {
  for (std::size_t size = 1; size < 50; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      std::vector<float> values(size, 1.0f);
      values[at] = 5.0f;
      EXPECT_EQ(finite_range(values).hi, 5.0f) << at << " of " << size;
      values[at] = -5.0f;
      EXPECT_EQ(finite_range(values).lo, -5.0f) << at << " of " << size;
    }
  }
}

TEST(FiniteRange, HasEndsWithoutValues) {
  EXPECT_EQ(finite_range({}), (ValueRange{0.0f, 1.0f}));
  const std::array<float, 2> values = {kNan, kInf};
  EXPECT_EQ(finite_range(values), (ValueRange{0.0f, 1.0f}));
}

TEST(PlaneRange, IsThatOfAllValuesAfterAnyChanges) {
  std::mt19937 random(1);
  const auto below = [&](int n) { return static_cast<Index>(random() % static_cast<unsigned>(n)); };
  const std::array kOdd = {kNan, kInf, -kInf, 7.0f, -7.0f};
  for (const auto& [rows, width] : {std::pair<Index, Index>{300, 41}, {1, 9000}, {9000, 1}}) {
    std::vector<float> plane(static_cast<std::size_t>(rows * width), 0.5f);
    PlaneRange range;
    range.find(plane, width);
    EXPECT_EQ(range.all(), (ValueRange{0.5f, 0.5f}));
    for (int i = 0; i < 60; ++i) {
      const Index first = below(static_cast<int>(rows));
      const Index end = std::min(rows, first + 1 + below(9));
      for (Index at = first * width; at < end * width; ++at) {
        if (below(6) == 0) {
          plane[static_cast<std::size_t>(at)] =
              i % 7 == 0 ? kOdd[static_cast<std::size_t>(below(5))]
                         : static_cast<float>(below(1000)) / 500.0f - 1.0f;
        }
      }
      range.update(plane, first, end);
      EXPECT_EQ(range.all(), finite_range(plane));
    }
  }
  std::vector<float> none(10, kNan);
  PlaneRange range;
  range.find(none, 5);
  EXPECT_EQ(range.all(), (ValueRange{0.0f, 1.0f}));
}

HeatmapStyle style(std::initializer_list<float> values, MapChoice choice = MapChoice::kAuto,
                   bool dark = false) {
  return style_for(Tensor::from_rows({values}), 0, dark, choice, Signs::kSigned);
}
HeatmapStyle amounts(std::initializer_list<float> values, MapChoice choice = MapChoice::kAuto,
                     bool dark = false) {
  return style_for(Tensor::from_rows({values}), 0, dark, choice, Signs::kUnsigned);
}

void expect_style(const HeatmapStyle& actual, ColorMap map, float lo, float hi) {
  EXPECT_EQ(actual.map, map);
  EXPECT_EQ(actual.lo, lo);
  EXPECT_EQ(actual.hi, hi);
}

TEST(StyleFor, SignedDataIsSymmetricAboutZero) {
  expect_style(style({-1, 0.5f}), ColorMap::kDiverging, -1, 1);
  expect_style(style({-1, 4}), ColorMap::kDiverging, -4, 4);
  expect_style(style({-1, 4}, MapChoice::kAuto, true), ColorMap::kDivergingDark, -4, 4);
  expect_style(style({-3, kNan, kInf, 1}), ColorMap::kDiverging, -3, 3);
}

TEST(StyleFor, UnsignedDataBeginsAtZero) {
  expect_style(amounts({2, 5}), ColorMap::kViridis, 0, 5);
  expect_style(amounts({0, 1}, MapChoice::kAuto, true), ColorMap::kViridis, 0, 1);
  expect_style(amounts({-kInf, 1}), ColorMap::kViridis, 0, 1);
}

TEST(StyleFor, ZeroKeepsItsColorWhenSignsChange) {
  const std::vector<std::vector<float>> planes = {{0, 1},  {-1, 1}, {-5, 0.5f}, {-2, -1},
                                                  {3, 40}, {0, 0},  {-1e-3f, 7}};
  for (const MapChoice map : {MapChoice::kAuto, MapChoice::kViridis, MapChoice::kMagma,
                              MapChoice::kGrey, MapChoice::kDiverging}) {
    for (const Signs signs : {Signs::kSigned, Signs::kUnsigned}) {
      for (const bool dark : {false, true}) {
        std::vector<Rgb> zeros;
        for (const std::vector<float>& plane : planes) {
          const HeatmapStyle of = style_for(finite_range(plane), dark, map, signs);
          zeros.push_back(engine::map_color(of.map, of.lo, of.hi, 0.0f));
          EXPECT_EQ(zeros.back(), zeros.front())
              << static_cast<int>(map) << " " << static_cast<int>(signs) << " " << plane[0];
        }
      }
    }
  }
}

TEST(StyleFor, AChosenMapIsKept) {
  expect_style(style({-1, 3}, MapChoice::kViridis), ColorMap::kViridis, -3, 3);
  expect_style(style({-1, 3}, MapChoice::kMagma), ColorMap::kMagma, -3, 3);
  expect_style(amounts({1, 3}, MapChoice::kGrey), ColorMap::kGrey, 0, 3);
  expect_style(amounts({1, 3}, MapChoice::kDiverging), ColorMap::kDiverging, -3, 3);
  expect_style(style({1, 3}, MapChoice::kDiverging, true), ColorMap::kDivergingDark, -3, 3);
}

TEST(StyleFor, ConstantPlanesHaveARange) {
  expect_style(amounts({0, 0}), ColorMap::kViridis, 0, 1);
  expect_style(amounts({7, 7}), ColorMap::kViridis, 0, 7);
  expect_style(style({-2, -2}), ColorMap::kDiverging, -2, 2);
  expect_style(style({-2, -2}, MapChoice::kGrey), ColorMap::kGrey, -2, 2);
  expect_style(amounts({-2, -2}, MapChoice::kGrey), ColorMap::kGrey, 0, 1);
  expect_style(style({0, 0}, MapChoice::kDiverging), ColorMap::kDiverging, -1, 1);
  expect_style(amounts({kNan}), ColorMap::kViridis, 0, 1);
  expect_style(style_for(Tensor(), 0, false, MapChoice::kAuto, Signs::kUnsigned),
               ColorMap::kViridis, 0, 1);
}

TEST(StyleFor, TheWidestRangeIsShownWhole) {
  const float most = std::numeric_limits<float>::max();
  for (const MapChoice choice : {MapChoice::kAuto, MapChoice::kGrey, MapChoice::kDiverging}) {
    const HeatmapStyle s = style({-most, most}, choice);
    EXPECT_EQ(s.lo, -most);
    EXPECT_EQ(s.hi, most);
  }
}

HeatmapStyle chosen(ValueRange data, RangeMode mode, ValueRange fixed = {},
                    MapChoice map = MapChoice::kAuto, ValueRange shared = {},
                    Signs signs = Signs::kUnsigned) {
  return style_for(data, false, map, signs, {mode, fixed}, shared);
}

TEST(StyleFor, ALockedRangeOfOneLargeNumberHasAWidth) {
  const float most = std::numeric_limits<float>::max();
  for (const float value : {most, -most, 3e38f}) {
    const HeatmapStyle s = chosen({}, RangeMode::kLocked, {value, value}, MapChoice::kGrey);
    EXPECT_TRUE(std::isfinite(s.lo) && std::isfinite(s.hi)) << value;
    EXPECT_GT(s.hi, s.lo) << value;
  }
}

TEST(RangeChoice, SymmetricAboutZeroInAnyMap) {
  expect_style(chosen({1, 3}, RangeMode::kSymmetric), ColorMap::kDiverging, -3, 3);
  expect_style(chosen({-5, 3}, RangeMode::kSymmetric), ColorMap::kDiverging, -5, 5);
  expect_style(chosen({1, 3}, RangeMode::kSymmetric, {}, MapChoice::kMagma), ColorMap::kMagma, -3,
               3);
  expect_style(chosen({0, 0}, RangeMode::kSymmetric), ColorMap::kDiverging, -1, 1);
}

TEST(RangeChoice, LockedAndTypedRangesDoNotFollowTheValues) {
  for (const RangeMode mode : {RangeMode::kLocked, RangeMode::kTyped}) {
    for (const ValueRange& data : {ValueRange{0, 1}, ValueRange{-100, 100}, ValueRange{7, 7}}) {
      expect_style(chosen(data, mode, {2, 5}), ColorMap::kViridis, 2, 5);
      expect_style(chosen(data, mode, {-2, 5}), ColorMap::kViridis, -2, 5);
      expect_style(chosen(data, mode, {-5, 5}), ColorMap::kDiverging, -5, 5);
      expect_style(chosen(data, mode, {-5, 5}, MapChoice::kGrey), ColorMap::kGrey, -5, 5);
    }
  }
}

TEST(RangeChoice, ADivergingMapKeepsZeroInItsMiddle) {
  expect_style(chosen({0, 1}, RangeMode::kTyped, {-2, 5}, MapChoice::kDiverging),
               ColorMap::kDiverging, -5, 5);
}

TEST(RangeChoice, TypedEndsAreNeverTheSame) {
  for (const float end : {0.0f, 3.0f, -1e20f, 1e-30f, kInf}) {
    const HeatmapStyle s = chosen({0, 1}, RangeMode::kTyped, {end, end});
    EXPECT_GT(s.hi, s.lo) << end;
    EXPECT_TRUE(std::isfinite(s.hi - s.lo)) << end;
  }
  const HeatmapStyle reversed = chosen({0, 1}, RangeMode::kTyped, {5, 2});
  EXPECT_GT(reversed.hi, reversed.lo);
}

TEST(RangeChoice, SharedIsAutomaticForAllThatShare) {
  const ValueRange all = united({0, 4}, {-2, 1});
  EXPECT_EQ(all, (ValueRange{-2, 4}));
  expect_style(chosen({0, 1}, RangeMode::kShared, {}, MapChoice::kAuto, all, Signs::kSigned),
               ColorMap::kDiverging, -4, 4);
  expect_style(chosen({0, 1}, RangeMode::kShared, {}, MapChoice::kViridis, all, Signs::kSigned),
               ColorMap::kViridis, -4, 4);
}

TEST(RangeChoice, MinMaxGoesFromEndToEnd) {
  expect_style(chosen({2, 5}, RangeMode::kMinMax), ColorMap::kViridis, 2, 5);
  expect_style(chosen({2, 5}, RangeMode::kMinMax, {}, MapChoice::kGrey), ColorMap::kGrey, 2, 5);
  expect_style(chosen({-2, 5}, RangeMode::kMinMax, {}, MapChoice::kAuto, {}, Signs::kSigned),
               ColorMap::kDiverging, -5, 5);
  const HeatmapStyle flat = chosen({3, 3}, RangeMode::kMinMax);
  EXPECT_GT(flat.hi, flat.lo);
}

TEST(StyleFor, LooksAtItsChannelOnly) {
  Tensor tensor(Shape{1, 2, 1, 2}, 1.0f);
  tensor.at(0, 1, 0, 0) = -9.0f;
  expect_style(style_for(tensor, 0, false, MapChoice::kAuto), ColorMap::kDiverging, -1, 1);
  expect_style(style_for(tensor, 1, false, MapChoice::kAuto), ColorMap::kDiverging, -9, 9);
}

}  // namespace
}  // namespace convscope::look
