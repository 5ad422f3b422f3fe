#include "engine/color/colormap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace convscope::engine {
namespace {

using Triple = std::array<double, 3>;

enum class Sight { kUsual, kProtanopia, kDeuteranopia };

Triple linear(Rgb color) {
  const auto channel = [](std::uint8_t code) {
    const double c = code / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return {channel(color.r), channel(color.g), channel(color.b)};
}

// What is left of a colour without one kind of cone: Viénot, Brettel and Mollon, "Digital video
// colourmaps for checking the legibility of displays by dichromats", 1999; in linear sRGB.
Triple seen(Rgb color, Sight sight) {
  const auto [r, g, b] = linear(color);
  switch (sight) {
    case Sight::kProtanopia:
      return {0.11238 * r + 0.88762 * g, 0.11238 * r + 0.88762 * g, 0.00401 * (r - g) + b};
    case Sight::kDeuteranopia:
      return {0.29275 * r + 0.70725 * g, 0.29275 * r + 0.70725 * g, 0.02234 * (g - r) + b};
    case Sight::kUsual:
      break;
  }
  return {r, g, b};
}

// CIE 1976 L*a*b* under D65.
Triple lab(const Triple& c) {
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0; };
  const double x = f((0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.9505);
  const double y = f(0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]);
  const double z = f((0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.089);
  return {116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)};
}

// 2.3 is a difference that is just noticed.
double difference(Rgb a, Rgb b, Sight sight) {
  const Triple p = lab(seen(a, sight));
  const Triple q = lab(seen(b, sight));
  return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

TEST(MapColor, TheWidestRangeHasAllItsColors) {
  const auto table = colormap_table(ColorMap::kViridis);
  const auto color = [](float value) {
    return map_color(ColorMap::kViridis, -3e38f, 3e38f, value);
  };
  EXPECT_EQ(color(-3e38f), table[0]);
  EXPECT_EQ(color(-1.49e38f), table[64]);
  EXPECT_EQ(color(0.0f), table[128]);
  EXPECT_EQ(color(1.51e38f), table[192]);
  EXPECT_EQ(color(3e38f), table[255]);
}

TEST(MapColor, ARangeOfSubnormalNumbersHasAllItsColors) {
  const auto table = colormap_table(ColorMap::kViridis);
  const auto color = [](float value) { return map_color(ColorMap::kViridis, 0.0f, 1e-41f, value); };
  EXPECT_EQ(color(0.0f), table[0]);
  EXPECT_EQ(color(2.51e-42f), table[64]);
  EXPECT_EQ(color(5.01e-42f), table[128]);
  EXPECT_EQ(color(1e-41f), table[255]);
}

class EveryMap : public ::testing::TestWithParam<ColorMap> {
 protected:
  bool diverging() const {
    return GetParam() == ColorMap::kDiverging || GetParam() == ColorMap::kDivergingDark;
  }
};

TEST_P(EveryMap, ValuesAQuarterApartDifferForAllEyes) {
  const auto table = colormap_table(GetParam());
  for (const Sight sight : {Sight::kUsual, Sight::kProtanopia, Sight::kDeuteranopia}) {
    double least = 1e9;
    for (std::size_t i = 0; i < 256; ++i) {
      for (std::size_t j = i + 64; j < 256; ++j)
        least = std::min(least, difference(table[i], table[j], sight));
    }
    EXPECT_GT(least, 8.0) << "sight " << static_cast<int>(sight);
  }
}

TEST_P(EveryMap, IsLighterOrDarkerFromEntryToEntry) {
  const auto table = colormap_table(GetParam());
  // From the middle outwards in diverging maps.
  const std::size_t first = diverging() ? 128 : 0;
  const double direction = luminance(table[255]) > luminance(table[first]) ? 1.0 : -1.0;
  for (std::size_t i = first + 4; i < 256; i += 4) {
    EXPECT_GT(direction * (luminance(table[i]) - luminance(table[i - 4])), 0.0) << i;
    if (!diverging()) continue;
    EXPECT_GT(direction * (luminance(table[255 - i]) - luminance(table[259 - i])), 0.0) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Maps, EveryMap,
                         ::testing::Values(ColorMap::kViridis, ColorMap::kMagma, ColorMap::kGrey,
                                           ColorMap::kDiverging, ColorMap::kDivergingDark));

}  // namespace
}  // namespace convscope::engine
