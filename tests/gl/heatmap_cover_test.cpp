// The padding ring, cells that are not shown, and hatching, against pictures of the CPU.
#include <cmath>
#include <limits>

#include "tests/gl/heatmap_fixture.h"
#include "tests/gl/names.h"

namespace convscope::testing {
namespace {

// Mixed colours are rounded once in each of the two.
constexpr Tolerance kMixed{.maximum = 1, .mean = 0.2};

ui::HeatmapStyle covered_style(ColorMap map = ColorMap::kViridis) {
  return {.map = map,
          .lo = -1.0f,
          .hi = 1.0f,
          .pale_color = 0xFFEBE9E8u,
          .hatch_pitch = 7.0f,
          .hatch_width = 1.2f};
}

// All of a plane with its ring, `pixels` wide and high for each cell.
ui::HeatmapCrop whole_ring(const ui::HeatmapPicture& picture, int pixels) {
  const Shape& s = picture.values.tensor->shape();
  const Padding& p = picture.ring;
  return {.y0 = static_cast<float>(-p.top),
          .x0 = static_cast<float>(-p.left),
          .cells_per_pixel = 1.0f / static_cast<float>(pixels),
          .height = static_cast<int>(s.h + p.top + p.bottom) * pixels,
          .width = static_cast<int>(s.w + p.left + p.right) * pixels};
}

double mean_difference(const Pixels& a, const Pixels& b) {
  EXPECT_EQ(a.size(), b.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    sum += std::abs(int{a[i]} - int{b[i]});
  return sum / static_cast<double>(a.size());
}

TEST_F(HeatmapTest, AnySampleOfTheBatch) {
  const Tensor batch = noise({3, 2, 9, 11});
  Tensor alone({1, 1, 9, 11});
  for (Index sample = 0; sample < 3; ++sample) {
    SCOPED_TRACE(sample);
    std::ranges::copy(batch.plane(sample, 1), alone.values().begin());
    painter_.paint(kKey, {.values = {&batch, {}, sample, 1}}, covered_style(), whole(batch, 3));
    EXPECT_EQ(painter_.read(kKey), cpu_heatmap(alone, 0, covered_style(), whole(batch, 3)));
  }
}

// Of a sweep only the rows that it reaches are drawn again: the picture is that of all at once.
TEST_F(HeatmapTest, CellsRevealedOneAfterTheOtherAreThoseRevealedAtOnce) {
  const Tensor tensor = noise({1, 1, 37, 23});
  ui::HeatmapCrop cut = whole(tensor, 5);
  cut.y0 = 8.3f;
  cut.height = 60;
  ui::HeatmapCrop small = whole(tensor, 1);  // several cells a pixel
  small.cells_per_pixel = 2.7f;
  small.height = 13;
  small.width = 8;
  for (const ui::HeatmapCrop& crop : {whole(tensor, 7), whole(tensor, 1), cut, small}) {
    ui::HeatmapPicture picture{.values = {.tensor = &tensor}};
    ui::HeatmapStyle style = covered_style();
    style.grid_width = 1.0f;
    for (const Index count :
         {Index{0}, Index{1}, Index{2}, Index{40}, Index{41}, Index{300}, Index{299}, Index{600},
          Index{23}, ui::HeatmapReveal::kAll, Index{850}, Index{0}}) {
      SCOPED_TRACE(count);
      picture.reveal.count = count;
      painter_.paint(kKey, picture, style, crop);
      gl::HeatmapPainter fresh;
      fresh.paint(kKey, picture, style, crop);
      ASSERT_EQ(painter_.read(kKey), fresh.read(kKey)) << crop.cells_per_pixel;
    }
  }
}

class EveryPaddingMode : public HeatmapTest, public ::testing::WithParamInterface<PaddingMode> {};

TEST_P(EveryPaddingMode, TheRingIsPaleWithItsValues) {
  const Tensor tensor = noise({1, 1, 6, 8});
  const ui::HeatmapPicture picture{
      .values = {.tensor = &tensor}, .ring = {1, 3, 2, 4}, .ring_mode = GetParam()};
  ui::HeatmapStyle style = covered_style();
  style.grid_width = 1.0f;
  style.grid_color = 0xFF112233u;
  expect_like_cpu(picture, style, whole_ring(picture, 12), kMixed);
  // The upper left cell of the ring is the pale colour with some of its value's.
  const Pixels pixels = painter_.read(kKey);
  ASSERT_EQ(pixels.size(), 9u * 12 * 15 * 12 * 4);
  const std::size_t pixel = (3 * 15 * 12 + 3) * 4;
  EXPECT_NE((Rgb{pixels[pixel], pixels[pixel + 1], pixels[pixel + 2]}), (Rgb{0xE8, 0xE9, 0xEB}));
}

TEST_P(EveryPaddingMode, TheRingOfALargePlane) {
  const Tensor tensor = noise({1, 1, 300, 400});
  const ui::HeatmapPicture picture{
      .values = {.tensor = &tensor}, .ring = {24, 40, 16, 8}, .ring_mode = GetParam()};
  ui::HeatmapStyle style = covered_style();
  style.lo = -0.3f;  // means of many values are near zero
  style.hi = 0.3f;
  expect_like_cpu(picture, style,
                  {.y0 = -24.0f, .x0 = -40.0f, .cells_per_pixel = 4.0f, .height = 85, .width = 112},
                  {.maximum = 4, .mean = 0.2});
}

INSTANTIATE_TEST_SUITE_P(Modes, EveryPaddingMode,
                         ::testing::Values(PaddingMode::kZeros, PaddingMode::kReflect,
                                           PaddingMode::kReplicate, PaddingMode::kCircular));

TEST_F(HeatmapTest, TheRingOfAColorPicture) {
  const Tensor tensor = noise({1, 3, 6, 8});
  const ui::HeatmapPicture picture{
      .values = {.tensor = &tensor}, .ring = {2, 2, 2, 2}, .ring_mode = PaddingMode::kReplicate};
  ui::HeatmapStyle style = covered_style();
  style.rgb = true;
  expect_like_cpu(picture, style, whole_ring(picture, 5), kMixed);
}

TEST_F(HeatmapTest, ASweepHalfWay) {
  const Tensor tensor = noise({1, 1, 6, 8});
  ui::HeatmapPicture picture{.values = {.tensor = &tensor}};
  const Pixels all = cpu_heatmap(picture, covered_style(), whole(tensor, 8));
  for (const Index count : {0, 1, 8, 27, 47, 48, 1000}) {
    SCOPED_TRACE(count);
    picture.reveal.count = count;
    expect_like_cpu(picture, covered_style(), whole(tensor, 8));
    EXPECT_EQ(painter_.read(kKey) == all, count >= 48);
  }
}

TEST_F(HeatmapTest, ASweepHalfWayOverAGhost) {
  const Tensor tensor = noise({1, 1, 6, 8}, 1);
  const Tensor target = noise({2, 2, 6, 8}, 2);
  ui::HeatmapPicture picture{.values = {.tensor = &tensor}};
  picture.reveal.count = 27;
  picture.reveal.ghost = {&target, {}, 1, 1};
  expect_like_cpu(picture, covered_style(), whole(tensor, 8), kMixed);
  const Pixels ghostly = painter_.read(kKey);
  picture.reveal.ghost = {};
  expect_like_cpu(picture, covered_style(), whole(tensor, 8));
  EXPECT_GT(mean_difference(painter_.read(kKey), ghostly), 5.0);
}

TEST_F(HeatmapTest, ASweepOverALargePlaneIsExactToTheCell) {
  const Tensor tensor = noise({1, 1, 1080, 1920});
  ui::HeatmapPicture picture{.values = {.tensor = &tensor}};
  const Index count = 555 * 1920 + 777;
  picture.reveal.count = count;
  const ui::HeatmapCrop crop{
      .y0 = 550.0f, .x0 = 770.0f, .cells_per_pixel = 0.25f, .height = 40, .width = 60};
  expect_like_cpu(picture, covered_style(), crop);
}

TEST_F(HeatmapTest, AMaskShowsItsCells) {
  const Tensor tensor = noise({1, 1, 6, 8});
  Tensor mask({1, 1, 6, 8});
  mask.at(2, 3) = 1.0f;
  mask.at(5, 7) = 1.0f;
  ui::HeatmapPicture picture{.values = {.tensor = &tensor}};
  picture.reveal.count = 3;
  picture.reveal.mask = {.tensor = &mask, .revision = Revision::fresh()};
  expect_like_cpu(picture, covered_style(), whole(tensor, 8));
  const Pixels before = painter_.read(kKey);
  mask.at(4, 4) = 1.0f;
  picture.reveal.mask.revision = Revision::fresh();
  expect_like_cpu(picture, covered_style(), whole(tensor, 8));
  EXPECT_NE(painter_.read(kKey), before);
}

class EveryHatchedMap : public HeatmapTest, public ::testing::WithParamInterface<ColorMap> {};

TEST_P(EveryHatchedMap, HatchingShowsOnEveryColor) {
  Tensor tensor({1, 1, 4, 64});
  for (Index i = 0; i < 256; ++i)
    tensor.values()[static_cast<std::size_t>(i)] = (static_cast<float>(i) + 0.5f) / 128.0f - 1.0f;
  const ui::CellStrips hatched{{{0, 4}}, {}};
  ui::HeatmapPicture picture{.values = {.tensor = &tensor}};
  const Pixels bare = cpu_heatmap(picture, covered_style(GetParam()), whole(tensor, 14));
  picture.hatched = hatched;
  // A luminance near the border between dark and white lines may fall to either.
  expect_like_cpu(picture, covered_style(GetParam()), whole(tensor, 14), kMixed);
  const Pixels lines = painter_.read(kKey);
  ASSERT_EQ(lines.size(), bare.size());
  for (Index cell = 0; cell < 256; ++cell) {
    double most = 0.0;
    for (Index i = 0; i < 14 * 14; ++i) {
      const Index row = cell / 64 * 14 + i / 14;
      const Index column = cell % 64 * 14 + i % 14;
      const auto at = static_cast<std::size_t>((row * 64 * 14 + column) * 4);
      const double light = luminance({lines[at], lines[at + 1], lines[at + 2]});
      const double under = luminance({bare[at], bare[at + 1], bare[at + 2]});
      most = std::max(most, (std::max(light, under) + 0.05) / (std::min(light, under) + 0.05));
    }
    EXPECT_GT(most, 1.8) << "entry " << cell;
  }
}

INSTANTIATE_TEST_SUITE_P(Maps, EveryHatchedMap,
                         ::testing::Values(ColorMap::kViridis, ColorMap::kMagma, ColorMap::kGrey,
                                           ColorMap::kDiverging, ColorMap::kDivergingDark));

TEST_F(HeatmapTest, HatchedRowsAndColumnsOfAPaddedInput) {
  const Tensor tensor = noise({1, 1, 6, 8});
  const ui::CellStrips hatched{{{6, 1}}, {{7, 2}}};
  ui::HeatmapPicture picture{.values = {.tensor = &tensor}, .ring = {1, 1, 1, 1}};
  ui::HeatmapStyle style = covered_style();
  style.grid_width = 2.0f;
  const ui::HeatmapCrop crop = whole_ring(picture, 32);
  painter_.paint(kKey, picture, style, crop);
  const Pixels bare = painter_.read(kKey);
  picture.hatched = hatched;
  expect_like_cpu(picture, style, crop, kMixed);
  EXPECT_GT(mean_difference(painter_.read(kKey), bare), 2.0) << "no lines";
}

TEST_F(HeatmapTest, HatchingMovesWithThePlane) {
  const Tensor tensor({1, 1, 20, 20}, 0.5f);
  const ui::CellStrips hatched{{{0, 20}}, {}};
  const ui::HeatmapPicture picture{.values = {.tensor = &tensor}, .hatched = hatched};
  const ui::HeatmapCrop crop{
      .y0 = 3.25f, .x0 = 5.375f, .cells_per_pixel = 0.125f, .height = 90, .width = 70};
  expect_like_cpu(picture, covered_style(), crop, kMixed);
}

TEST_F(HeatmapTest, HatchingOfSmallCells) {
  const Tensor tensor = noise({1, 1, 120, 160});
  const ui::CellStrips hatched{{{116, 4}}, {{158, 2}}};
  const ui::HeatmapPicture picture{.values = {.tensor = &tensor}, .hatched = hatched};
  expect_like_cpu(picture, covered_style(), whole(tensor, 2), kMixed);
}

// A plane of which some values are beyond the range, in cells large and small.
TEST_F(HeatmapTest, ValuesBeyondTheRangeAreMarked) {
  Tensor tensor = noise({1, 1, 12, 16});
  tensor.at(3, 4) = std::numeric_limits<float>::infinity();
  tensor.at(3, 5) = std::numeric_limits<float>::quiet_NaN();
  ui::HeatmapStyle style{.lo = -0.5f, .hi = 0.25f};
  for (const int cell : {3, 24}) {
    for (const bool lines : {false, true}) {
      style.mark_size = 0.0f;
      style.grid_width = lines ? 2.0f : 0.0f;
      expect_like_cpu(tensor, style, whole(tensor, cell));
      const Pixels without = painter_.read(kKey);
      style.mark_size = 6.0f;
      expect_like_cpu(tensor, style, whole(tensor, cell));
      EXPECT_GT(mean_difference(painter_.read(kKey), without), 0.3) << "no marks";
    }
  }
  // Within the range nothing is marked.
  style = {.lo = -1.0f, .hi = 1.0f, .mark_size = 6.0f};
  expect_like_cpu(tensor, style, whole(tensor, 24));
  const Pixels marked = painter_.read(kKey);
  style.mark_size = 0.0f;
  expect_like_cpu(tensor, style, whole(tensor, 24));
  EXPECT_EQ(painter_.read(kKey), marked);
}

// Every third row and every fourth pair of columns: as many strips as there are.
TEST_F(HeatmapTest, HatchingOfHundredsOfRowsAndColumns) {
  const Tensor tensor = noise({1, 1, 300, 400});
  ui::CellStrips hatched;
  for (Index y = 2; y < 300; y += 3)
    hatched.rows.push_back({y, 1});
  for (Index x = 2; x < 400; x += 4)
    hatched.columns.push_back({x, 2});
  const ui::HeatmapPicture picture{.values = {.tensor = &tensor}, .hatched = hatched};
  expect_like_cpu(picture, covered_style(), whole(tensor, 2), kMixed);
  const ui::HeatmapCrop end{
      .y0 = 250.5f, .x0 = 351.25f, .cells_per_pixel = 0.125f, .height = 390, .width = 390};
  const ui::HeatmapPicture bare{.values = {.tensor = &tensor}};
  painter_.paint(kKey, bare, covered_style(), end);
  const Pixels without = painter_.read(kKey);
  expect_like_cpu(picture, covered_style(), end, kMixed);
  EXPECT_GT(mean_difference(painter_.read(kKey), without), 2.0) << "no lines";
}

TEST_F(HeatmapTest, NothingCoversHiddenCellsButHatching) {
  const Tensor tensor = noise({1, 1, 6, 8});
  const ui::CellStrips hatched{{{4, 2}}, {}};
  ui::HeatmapPicture picture{.values = {.tensor = &tensor}, .hatched = hatched};
  picture.reveal.count = 20;
  expect_like_cpu(picture, covered_style(), whole(tensor, 16), kMixed);
}

}  // namespace
}  // namespace convscope::testing
