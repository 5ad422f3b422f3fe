// A plane that changes in some cells: only these are uploaded and drawn, and what is there is never
// a mixture of old and new.
#include <algorithm>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "tests/gl/heatmap_fixture.h"
#include "tests/gl/names.h"

namespace convscope::testing {
namespace {

constexpr ui::HeatmapStyle kStyle{.lo = -1.0f, .hi = 1.0f};

// A tensor whose versions are tensors of their own, as those of the program are, each with the
// cells that were changed.
class Versions {
 public:
  explicit Versions(const Shape& shape, unsigned seed = 1) : random_(seed) {
    tensors_.push_back(std::make_unique<Tensor>(noise(shape, seed)));
  }
  const Tensor& tensor() const { return *tensors_.back(); }
  // Since this was asked for last.
  CellRect changed() { return std::exchange(changed_, {}); }
  // Other values in a random rectangle, in all planes.
  void stroke() {
    const Shape& s = tensor().shape();
    const auto from = [&](Index n) {
      return std::uniform_int_distribution<Index>(0, n - 1)(random_);
    };
    const Index top = from(s.h);
    const Index left = from(s.w);
    stroke({top, left, std::min(s.h, top + 1 + from(9)), std::min(s.w, left + 1 + from(9))});
  }
  void stroke(const CellRect& cells) {
    const Shape& s = tensor().shape();
    const Tensor other = noise(s, static_cast<unsigned>(random_()));
    auto next = std::make_unique<Tensor>(tensor());
    for (Index c = 0; c < s.c; ++c) {
      for (Index y = cells.top; y < cells.bottom; ++y)
        std::copy(other.row(0, c, y) + cells.left, other.row(0, c, y) + cells.right,
                  next->row(0, c, y) + cells.left);
    }
    tensors_.push_back(std::move(next));
    revision_ = revision_.followed_by(cells);
    changed_ = united(changed_, cells);
  }
  ui::HeatmapPlane plane(Index channel = 0) const { return {&tensor(), revision_, 0, channel}; }

 private:
  std::mt19937 random_;
  std::vector<std::unique_ptr<Tensor>> tensors_;
  Revision revision_ = Revision::fresh();
  CellRect changed_;
};

std::vector<float> values_of(const Tensor& tensor, Index channel = 0) {
  const std::span<const float> plane = tensor.plane(0, channel);
  return {plane.begin(), plane.end()};
}

std::uint64_t area(const CellRect& cells) {
  return static_cast<std::uint64_t>(cells.height() * cells.width());
}

TEST_F(HeatmapTest, AStrokeUploadsItsCellsOnly) {
  for (const Shape& shape : {Shape{1, 1, 37, 53}, Shape{1, 1, 1, 200}, Shape{1, 1, 90, 1},
                             Shape{1, 2, 16, 16}, Shape{1, 1, 1, 1}}) {
    SCOPED_TRACE(to_string(shape));
    Versions versions(shape);
    const Index channel = shape.c - 1;
    const ui::HeatmapCrop crop = whole(versions.tensor(), 3);
    expect_like_cpu({.values = versions.plane(channel)}, kStyle, crop);
    for (int i = 0; i < 40; ++i) {
      versions.stroke();
      const std::uint64_t before = painter_.uploaded_bytes(kKey);
      expect_like_cpu({.values = versions.plane(channel)}, kStyle, crop);
      EXPECT_EQ(painter_.read_values(kKey), values_of(versions.tensor(), channel));
      EXPECT_EQ(painter_.uploaded_bytes(kKey) - before, 4 * area(versions.changed()));
    }
  }
}

TEST_F(HeatmapTest, AStrokeOnAPhotographIsAThousandthOfIt) {
  Versions versions({1, 1, 1080, 1920});
  const ui::HeatmapCrop crop{.cells_per_pixel = 4.0f, .height = 270, .width = 480};
  painter_.paint(kKey, {.values = versions.plane()}, kStyle, crop);
  const std::uint64_t all = painter_.uploaded_bytes(kKey);
  EXPECT_EQ(all, 1080u * 1920u * 4u);
  versions.stroke({500, 700, 516, 708});
  painter_.paint(kKey, {.values = versions.plane()}, kStyle, crop);
  EXPECT_LT(painter_.uploaded_bytes(kKey) - all, all / 1000);
  EXPECT_EQ(painter_.read_values(kKey), values_of(versions.tensor()));
}

TEST_F(HeatmapTest, VersionsThatWereNotSeenAreUploadedTogether) {
  Versions versions({1, 1, 37, 53});
  const ui::HeatmapCrop crop = whole(versions.tensor(), 3);
  expect_like_cpu({.values = versions.plane()}, kStyle, crop);
  std::mt19937 random(5);
  for (int i = 0; i < 40; ++i) {
    const auto skipped = random() % 3;
    for (unsigned k = 0; k <= skipped; ++k)
      versions.stroke();
    const std::uint64_t before = painter_.uploaded_bytes(kKey);
    expect_like_cpu({.values = versions.plane()}, kStyle, crop);
    EXPECT_EQ(painter_.read_values(kKey), values_of(versions.tensor()));
    EXPECT_EQ(painter_.uploaded_bytes(kKey) - before, 4 * area(versions.changed()));
  }
}

TEST_F(HeatmapTest, AVersionThatFollowsNothingSeenIsUploadedWhole) {
  Versions versions({1, 1, 37, 53});
  const ui::HeatmapCrop crop = whole(versions.tensor(), 3);
  expect_like_cpu({.values = versions.plane()}, kStyle, crop);
  const std::uint64_t all = painter_.uploaded_bytes(kKey);
  versions.stroke();
  ui::HeatmapPlane unknown = versions.plane();
  unknown.revision = Revision::fresh();
  expect_like_cpu({.values = unknown}, kStyle, crop);
  EXPECT_EQ(painter_.uploaded_bytes(kKey), 2 * all);
}

// Buffers are used again: the place alone says nothing of what was seen there.
TEST_F(HeatmapTest, AnEarlierVersionAtTheSamePlaceIsNotTakenForTheLater) {
  Tensor first = noise({1, 1, 12, 16}, 1);
  const ui::HeatmapCrop crop = whole(first, 3);
  expect_like_cpu({.values = {&first, Revision::fresh()}}, kStyle, crop);
  first = noise({1, 1, 12, 16}, 2);
  const Revision later = Revision::fresh();  // which was not seen
  Tensor second = first;
  second.at(4, 5) = 0.25f;
  const ui::HeatmapPlane plane{&second, later.followed_by({4, 5, 5, 6})};
  expect_like_cpu({.values = plane}, kStyle, crop);
  EXPECT_EQ(painter_.read_values(kKey), values_of(second));
}

TEST_F(HeatmapTest, AnotherChannelOfTheNextVersionIsUploadedWhole) {
  Versions versions({1, 2, 12, 16});
  const ui::HeatmapCrop crop = whole(versions.tensor(), 3);
  expect_like_cpu({.values = versions.plane(0)}, kStyle, crop);
  versions.stroke();
  expect_like_cpu({.values = versions.plane(1)}, kStyle, crop);
  EXPECT_EQ(painter_.read_values(kKey), values_of(versions.tensor(), 1));
}

TEST_F(HeatmapTest, AStrokeInColours) {
  Versions versions({1, 3, 37, 53});
  const ui::HeatmapCrop crop = whole(versions.tensor(), 2);
  const ui::HeatmapStyle style{.rgb = true};
  painter_.paint(kKey, {.values = versions.plane()}, style, crop);
  for (int i = 0; i < 20; ++i) {
    versions.stroke();
    const std::uint64_t before = painter_.uploaded_bytes(kKey);
    expect_like_cpu({.values = versions.plane()}, style, crop, {.maximum = 1, .mean = 0.2});
    EXPECT_EQ(painter_.uploaded_bytes(kKey) - before, 12 * area(versions.changed()));
  }
}

TEST_F(HeatmapTest, AStrokeInAMinifiedPlaneAndInOneZoomedInto) {
  Versions versions({1, 1, 64, 64});
  const ui::HeatmapCrop small{.cells_per_pixel = 3.5f, .height = 18, .width = 18};
  const ui::HeatmapCrop part{
      .y0 = 20.5f, .x0 = 7.25f, .cells_per_pixel = 0.15f, .height = 90, .width = 100};
  for (const ui::HeatmapCrop& crop : {small, part}) {
    painter_.paint(kKey, {.values = versions.plane()}, kStyle, crop);
    for (int i = 0; i < 30; ++i) {
      versions.stroke();
      expect_like_cpu({.values = versions.plane()}, kStyle, crop, {.maximum = 4, .mean = 0.05});
    }
  }
}

TEST_F(HeatmapTest, TheRingFollowsAStroke) {
  for (const PaddingMode mode : {PaddingMode::kZeros, PaddingMode::kReflect,
                                 PaddingMode::kReplicate, PaddingMode::kCircular}) {
    SCOPED_TRACE(static_cast<int>(mode));
    Versions versions({1, 1, 12, 16});
    const ui::HeatmapCrop crop{
        .y0 = -3.0f, .x0 = -4.0f, .cells_per_pixel = 0.25f, .height = 72, .width = 96};
    for (int i = 0; i < 20; ++i) {
      expect_like_cpu({.values = versions.plane(), .ring = {3, 4, 3, 4}, .ring_mode = mode}, kStyle,
                      crop, {.maximum = 1, .mean = 0.2});
      versions.stroke();
    }
  }
}

TEST_F(HeatmapTest, AStrokeInAPlaneThatIsLongerThanATextureMayBe) {
  Versions versions({1, 1, 2, 70000});
  const ui::HeatmapCrop crop{.cells_per_pixel = 100.0f, .height = 1, .width = 700};
  painter_.paint(kKey, {.values = versions.plane()}, kStyle, crop);
  versions.stroke({0, 31003, 2, 32011});
  painter_.paint(kKey, {.values = versions.plane()}, kStyle, crop);
  const std::vector<float> part = painter_.read_values(kKey);
  const Pixels picture = painter_.read(kKey);
  ui::HeatmapPlane again = versions.plane();
  again.revision = Revision::fresh();
  painter_.paint(kKey + 1, {.values = again}, kStyle, crop);
  EXPECT_EQ(part, painter_.read_values(kKey + 1));
  EXPECT_EQ(picture, painter_.read(kKey + 1));
}

TEST_F(HeatmapTest, AMaskAndAGhostFollowToo) {
  Versions versions({1, 1, 12, 16});
  Versions mask({1, 1, 12, 16}, 2);
  const ui::HeatmapCrop crop = whole(versions.tensor(), 4);
  for (int i = 0; i < 20; ++i) {
    expect_like_cpu({.values = versions.plane(),
                     .reveal = {.count = 60, .mask = mask.plane(), .ghost = versions.plane()}},
                    kStyle, crop, {.maximum = 1, .mean = 0.2});
    versions.stroke();
    mask.stroke();
  }
}

}  // namespace
}  // namespace convscope::testing
