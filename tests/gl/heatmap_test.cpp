// Pictures of the GPU against those of the CPU.
#include <limits>

#include "tests/gl/heatmap_fixture.h"
#include "tests/gl/names.h"

namespace convscope::testing {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr std::uint32_t kLine = 0xFF112233u;

ui::HeatmapStyle from_minus_one_to_one(ColorMap map = ColorMap::kViridis) {
  return {.map = map, .lo = -1.0f, .hi = 1.0f};
}

Tensor ramp(const Shape& shape) {
  Tensor tensor(shape);
  for (Index y = 0; y < shape.h; ++y) {
    for (Index x = 0; x < shape.w; ++x) {
      tensor.at(y, x) = -1.0f + static_cast<float>(x) / static_cast<float>(shape.w) +
                        static_cast<float>(y) / static_cast<float>(shape.h);
    }
  }
  return tensor;
}

TEST_F(HeatmapTest, OneCell) {
  const Tensor tensor = Tensor::from_rows({{0.25f}});
  expect_like_cpu(tensor, from_minus_one_to_one(), whole(tensor, 1));
  expect_like_cpu(tensor, from_minus_one_to_one(), whole(tensor, 40));
}

TEST_F(HeatmapTest, OneRow) {
  const Tensor tensor = noise({1, 1, 1, 200});
  expect_like_cpu(tensor, from_minus_one_to_one(), whole(tensor, 1));
  expect_like_cpu(tensor, from_minus_one_to_one(), whole(tensor, 3));
}

TEST_F(HeatmapTest, OneColumn) {
  const Tensor tensor = noise({1, 1, 200, 1});
  expect_like_cpu(tensor, from_minus_one_to_one(), whole(tensor, 1));
  expect_like_cpu(tensor, from_minus_one_to_one(), whole(tensor, 3));
}

// Their sum is infinite.
TEST_F(HeatmapTest, TheMeanOfTheLargestNumbersIsFinite) {
  Tensor tensor({1, 1, 40, 40}, 3e38f);
  for (Index x = 0; x < 20; ++x)
    for (Index y = 0; y < 40; ++y)
      tensor.at(y, x) = -2.5e38f;
  const ui::HeatmapStyle style{.lo = -3.1e38f, .hi = 3.1e38f};
  const ui::HeatmapCrop crop{.cells_per_pixel = 4.0f, .height = 10, .width = 10};
  expect_like_cpu(tensor, style, crop);
  const Tensor colors({1, 3, 4, 4}, 3e38f);
  expect_like_cpu(colors, {.rgb = true}, whole(colors, 3));
}

class EveryColorMap : public HeatmapTest, public ::testing::WithParamInterface<ColorMap> {};

TEST_P(EveryColorMap, ColorsOddSizesToTheByte) {
  const Tensor tensor = noise({1, 1, 37, 53});
  expect_like_cpu(tensor, from_minus_one_to_one(GetParam()), whole(tensor, 4));
}

TEST_P(EveryColorMap, ClampsValuesBeyondTheRange) {
  const Tensor tensor = Tensor::from_rows({{-3e38f, -1.5f, -1.0f, 0.0f, 1.0f, 1.5f, 3e38f}});
  expect_like_cpu(tensor, from_minus_one_to_one(GetParam()), whole(tensor, 5));
}

TEST_P(EveryColorMap, ShowsTheWidestRange) {
  const Tensor tensor =
      Tensor::from_rows({{-3e38f, -2.1e38f, -1e38f, -2e37f}, {1e37f, 1.1e38f, 2.2e38f, 3e38f}});
  const ui::HeatmapStyle style{.map = GetParam(), .lo = -3e38f, .hi = 3e38f};
  expect_like_cpu(tensor, style, whole(tensor, 5));
}

// A GPU may take them for 0.
TEST_P(EveryColorMap, ShowsSubnormalNumbersAsTheirBarSays) {
  constexpr float kUnit = 0x1p-149f;
  Tensor tensor({1, 1, 6, 8});
  for (Index i = 0; i < tensor.numel(); ++i)
    tensor.data()[i] = static_cast<float>((i * 53 % 256) * 32 + 16) * kUnit;
  const ui::HeatmapStyle style{.map = GetParam(), .lo = 0.0f, .hi = 8192.0f * kUnit};
  expect_like_cpu(tensor, style, whole(tensor, 4));
  // The same plane in a range of its size, and back.
  expect_like_cpu(tensor, {.map = GetParam(), .lo = -1.0f, .hi = 1.5f}, whole(tensor, 4));
  tensor.at(2, 3) = 3e38f;
  expect_like_cpu(
      {.values = {.tensor = &tensor, .revision = Revision::fresh()}, .ring = {1, 1, 1, 1}}, style,
      {.y0 = -1.0f, .x0 = -1.0f, .cells_per_pixel = 0.25f, .height = 32, .width = 40},
      {.maximum = 1, .mean = 0.5});
}

TEST_P(EveryColorMap, ShowsAConstantPlaneInItsMiddleColor) {
  const Tensor tensor({1, 1, 5, 7}, 3.5f);
  const ui::HeatmapStyle style{.map = GetParam(), .lo = 3.5f, .hi = 3.5f};
  expect_like_cpu(tensor, style, whole(tensor, 4));
  const Rgb middle = colormap_table(GetParam())[128];
  const Pixels pixels = painter_.read(kKey);
  ASSERT_EQ(pixels.size(), 4u * 5 * 4 * 7 * 4);
  EXPECT_EQ((Rgb{pixels[0], pixels[1], pixels[2]}), middle);
}

TEST_P(EveryColorMap, ShowsWhatIsNotFiniteInColorsOfItsOwn) {
  const Tensor tensor = Tensor::from_rows({{kNan, kInfinity, -kInfinity}, {-1.0f, 0.0f, 1.0f}});
  expect_like_cpu(tensor, from_minus_one_to_one(GetParam()), whole(tensor, 6));
  const Pixels pixels = painter_.read(kKey);
  ASSERT_EQ(pixels.size(), 18u * 12 * 4);
  const auto color = [&](std::size_t column) {
    return Rgb{pixels[4 * column], pixels[4 * column + 1], pixels[4 * column + 2]};
  };
  EXPECT_EQ(color(0), kNanColor);
  EXPECT_EQ(color(6), kPosInfColor);
  EXPECT_EQ(color(12), kNegInfColor);
}

INSTANTIATE_TEST_SUITE_P(Maps, EveryColorMap,
                         ::testing::Values(ColorMap::kViridis, ColorMap::kMagma, ColorMap::kGrey,
                                           ColorMap::kDiverging, ColorMap::kDivergingDark));

TEST_F(HeatmapTest, NotANumberStaysWhereTheRangeIsEmpty) {
  const Tensor tensor = Tensor::from_rows({{kNan, 2.0f}});
  expect_like_cpu(tensor, {.lo = 2.0f, .hi = 2.0f}, whole(tensor, 3));
}

TEST_F(HeatmapTest, GridLinesAreTheirWidthBetweenWholeCells) {
  const Tensor tensor = noise({1, 1, 6, 8});
  ui::HeatmapStyle style = from_minus_one_to_one();
  style.grid_color = kLine;
  for (const float width : {1.0f, 2.0f}) {
    SCOPED_TRACE(width);
    style.grid_width = width;
    expect_like_cpu(tensor, style, whole(tensor, 16));
  }
  const Pixels pixels = painter_.read(kKey);  // two pixels wide: one on each side of a border
  const auto is_line = [&](std::size_t column) { return pixels[(5 * 128 + column) * 4] == 0x33; };
  EXPECT_TRUE(is_line(15) && is_line(16));
  EXPECT_FALSE(is_line(14) || is_line(17));
}

TEST_F(HeatmapTest, GridLinesAtAFractionalZoom) {
  const Tensor tensor = noise({1, 1, 9, 11});
  ui::HeatmapStyle style = from_minus_one_to_one(ColorMap::kMagma);
  style.grid_color = kLine;
  const ui::HeatmapCrop crop{
      .y0 = 0.37f, .x0 = 1.61f, .cells_per_pixel = 1.0f / 13.7f, .height = 101, .width = 117};
  for (const float width : {1.0f, 2.0f}) {
    SCOPED_TRACE(width);
    style.grid_width = width;
    expect_like_cpu(tensor, style, crop);
  }
}

TEST_F(HeatmapTest, FractionalZoomFromAFractionOfACell) {
  const Tensor tensor = noise({1, 1, 37, 53});
  const ui::HeatmapCrop crop{
      .y0 = 3.71f, .x0 = 10.13f, .cells_per_pixel = 1.0f / 7.3f, .height = 149, .width = 211};
  expect_like_cpu(tensor, from_minus_one_to_one(), crop);
}

TEST_F(HeatmapTest, BarelyMinified) {
  const Tensor tensor = ramp({1, 1, 370, 530});
  const ui::HeatmapCrop crop{.cells_per_pixel = 1.37f, .height = 270, .width = 386};
  expect_like_cpu(tensor, from_minus_one_to_one(), crop, {.maximum = 4, .mean = 0.05});
}

TEST_F(HeatmapTest, MinifiedPhotographSize) {
  const Tensor tensor = noise({1, 1, 3000, 4000});
  const ui::HeatmapStyle style{.lo = -0.3f, .hi = 0.3f};  // means of 64 values are near zero
  const ui::HeatmapCrop crop{.cells_per_pixel = 8.0f, .height = 375, .width = 500};
  expect_like_cpu(tensor, style, crop, {.maximum = 4, .mean = 0.05});
}

TEST_F(HeatmapTest, MinifiedByAFraction) {
  const Tensor tensor = ramp({1, 1, 3000, 4000});
  const ui::HeatmapCrop crop{
      .y0 = 0.5f, .x0 = 20.25f, .cells_per_pixel = 5.37f, .height = 557, .width = 741};
  expect_like_cpu(tensor, from_minus_one_to_one(), crop, {.maximum = 4, .mean = 0.05});
}

TEST_F(HeatmapTest, MinifiedCheckerboardIsGreyNotMoire) {
  Tensor tensor({1, 1, 3000, 4000});
  for (Index y = 0; y < 3000; ++y) {
    for (Index x = 0; x < 4000; ++x)
      tensor.at(y, x) = (x + y) % 2 == 0 ? 1.0f : 0.0f;
  }
  paint(tensor, {.map = ColorMap::kGrey}, {.cells_per_pixel = 4.0f, .height = 750, .width = 1000});
  const Pixels pixels = painter_.read(kKey);
  ASSERT_EQ(pixels.size(), 750u * 1000 * 4);
  const Rgb half = map_color(ColorMap::kGrey, 0.0f, 1.0f, 0.5f);
  for (std::size_t i = 0; i < pixels.size(); i += 4)
    ASSERT_EQ((Rgb{pixels[i], pixels[i + 1], pixels[i + 2]}), half) << "pixel " << i / 4;
}

TEST_F(HeatmapTest, NothingHidesANotANumberInAMinifiedPlane) {
  Tensor tensor = noise({1, 1, 64, 64});
  tensor.at(21, 42) = kNan;
  tensor.at(50, 3) = kInfinity;
  expect_like_cpu(tensor, {.lo = -0.3f, .hi = 0.3f},
                  {.cells_per_pixel = 8.0f, .height = 8, .width = 8}, {.maximum = 4, .mean = 0.05});
}

TEST_F(HeatmapTest, LongerThanATextureMayBe) {
  // Every second cell is there, or every fifth; a smooth plane looks the same.
  const Tensor tensor = ramp({1, 1, 1, 70000});
  const ui::HeatmapCrop crop{.cells_per_pixel = 100.0f, .height = 1, .width = 700};
  expect_like_cpu(tensor, from_minus_one_to_one(), crop, {.maximum = 4, .mean = 0.1});
}

TEST_F(HeatmapTest, ThreeChannelsAsColors) {
  const Tensor tensor = noise({1, 3, 37, 53});  // negative values are black
  const ui::HeatmapStyle style{.rgb = true};
  expect_like_cpu(tensor, style, whole(tensor, 3), {.maximum = 1, .mean = 0.2});
  expect_like_cpu(tensor, style, {.cells_per_pixel = 4.0f, .height = 9, .width = 13},
                  {.maximum = 1, .mean = 0.2});
}

TEST_F(HeatmapTest, ColorsThatAreNotFiniteInAnyChannel) {
  Tensor tensor({1, 3, 1, 5}, 0.5f);
  for (Index c = 0; c < 3; ++c)
    tensor.at(0, c, 0, c) = kNan;
  tensor.at(0, 1, 0, 3) = kInfinity;
  tensor.at(0, 2, 0, 4) = -kInfinity;
  expect_like_cpu(tensor, {.rgb = true}, whole(tensor, 4), {.maximum = 1, .mean = 0.5});
}

TEST_F(HeatmapTest, OneChannelCannotBeColors) {
  const Tensor tensor = noise({1, 1, 5, 6});
  ui::HeatmapStyle style = from_minus_one_to_one();
  style.rgb = true;
  expect_like_cpu(tensor, style, whole(tensor, 3));
}

TEST_F(HeatmapTest, EachOfThreeChannelsByTheMap) {
  const Tensor tensor = noise({1, 3, 37, 53});
  for (Index channel = 0; channel < 3; ++channel) {
    SCOPED_TRACE(channel);
    expect_like_cpu(tensor, from_minus_one_to_one(), whole(tensor, 2), {}, channel);
  }
}

}  // namespace
}  // namespace convscope::testing
