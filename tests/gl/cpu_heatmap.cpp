#include "tests/gl/cpu_heatmap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "engine/core/padding.h"
#include "tests/gl/names.h"

namespace convscope::testing {
namespace {

// A pixel shows the mean of what it covers; of more than 8 x 8 cells, 8 x 8 spread evenly.
constexpr int kMaxSamples = 8;

// The values of a plane at places in cells, in the ring as `padding_mode` has them.
struct Plane {
  const Tensor& tensor;
  Index sample, channel;
  bool in_ring = false;
  PaddingMode ring_mode = PaddingMode::kZeros;

  double at(double y, double x) const {
    const Shape& s = tensor.shape();
    Index row = static_cast<Index>(std::floor(y));
    Index column = static_cast<Index>(std::floor(x));
    if (in_ring) {
      row = padding_source(row, s.h, ring_mode);
      column = padding_source(column, s.w, ring_mode);
      if (row < 0 || column < 0 || row >= s.h || column >= s.w) return 0.0;
    }
    row = std::clamp<Index>(row, 0, s.h - 1);
    column = std::clamp<Index>(column, 0, s.w - 1);
    return static_cast<double>(tensor.at(sample, channel, row, column));
  }
  double mean(double y, double x, double pitch) const {
    if (pitch <= 1.0) return at(y, x);
    const int n = std::min(kMaxSamples, static_cast<int>(std::ceil(pitch)));
    double sum = 0.0;
    for (int i = 0; i < n * n; ++i) {
      const double down = (i / n + 0.5) / n - 0.5;
      const double right = (i % n + 0.5) / n - 0.5;
      sum += at(y + down * pitch, x + right * pitch);
    }
    return sum / (n * n);
  }
};

bool on_line(double cell, double pitch, double width) {
  const double away = (cell - std::round(cell)) / pitch;
  return away >= 0.25 - width / 2.0 && away < 0.25 + width / 2.0;
}

Rgb unpack(std::uint32_t color) {
  const auto byte = [&](int shift) { return static_cast<std::uint8_t>(color >> shift & 0xFFu); };
  return {byte(0), byte(8), byte(16)};
}

std::uint8_t byte_of(double v) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0, 1.0) * 255.0));
}

// `share` of `over`, the rest of `under`.
Rgb blend(Rgb under, Rgb over, double share) {
  const auto channel = [&](std::uint8_t a, std::uint8_t b) {
    return byte_of((a + (b - a) * share) / 255.0);
  };
  return {channel(under.r, over.r), channel(under.g, over.g), channel(under.b, over.b)};
}

// A place in the picture: in cells, with the cells a pixel.
struct Place {
  double y, x, pitch;
  int row, column;  // of the pixel
};

Rgb value_color(const ui::HeatmapPlane& plane, const ui::HeatmapStyle& style, const Place& at,
                bool in_ring = false, PaddingMode mode = PaddingMode::kZeros) {
  const Tensor& tensor = *plane.tensor;
  const auto mean_of = [&](Index channel) {
    return Plane{tensor, plane.sample, channel, in_ring, mode}.mean(at.y, at.x, at.pitch);
  };
  if (!style.rgb || tensor.shape().c < 3) {
    return map_color(style.map, style.lo, style.hi, static_cast<float>(mean_of(plane.channel)));
  }
  const std::array mean = {mean_of(0), mean_of(1), mean_of(2)};
  const double sum = mean[0] + mean[1] + mean[2];
  if (!std::isfinite(sum)) return map_color(style.map, 0.0f, 1.0f, static_cast<float>(sum));
  return {byte_of(mean[0]), byte_of(mean[1]), byte_of(mean[2])};
}

Rgb ink_on(Rgb under) {
  return unpack(luminance(under) > ui::kLightCell ? ui::kDarkText : ui::kLightText);
}

bool is_mark(double value, const ui::HeatmapStyle& style, const Place& at) {
  const bool above = value > static_cast<double>(std::max(style.lo, style.hi));
  const bool below = value < static_cast<double>(std::min(style.lo, style.hi));
  if (style.mark_size <= 0.0f || !std::isfinite(value) || (!above && !below)) return false;
  const double side = 1.0 / at.pitch;
  const auto size = static_cast<double>(style.mark_size);
  if (side < 2.0 * size) {
    const int shift = above ? 0 : 2;
    return (at.row + shift) % 4 == 0 && (at.column + shift) % 4 == 0;
  }
  const double down = (at.y - std::floor(at.y)) * side;
  const double right = (at.x - std::floor(at.x)) * side;
  return (above ? side - right + down : right + side - down) < size + 0.25;
}

Rgb cell_color(const ui::HeatmapPicture& picture, const ui::HeatmapStyle& style, const Place& at) {
  const Shape& s = picture.values.tensor->shape();
  const Padding& ring = picture.ring;
  const auto cell = [](double place, Index before, Index n, Index after) {
    return std::clamp<Index>(static_cast<Index>(std::floor(place)), -before, n + after - 1);
  };
  const Index y = cell(at.y, ring.top, s.h, ring.bottom);
  const Index x = cell(at.x, ring.left, s.w, ring.right);
  if (y < 0 || x < 0 || y >= s.h || x >= s.w) {
    return blend(unpack(style.pale_color),
                 value_color(picture.values, style, at, true, picture.ring_mode),
                 static_cast<double>(ui::kRingColor));
  }
  if (picture.reveal.shows(y, x, s.w)) {
    const Rgb color = value_color(picture.values, style, at);
    const Plane plane{*picture.values.tensor, picture.values.sample, picture.values.channel};
    const bool marks = !style.rgb && is_mark(plane.mean(at.y, at.x, at.pitch), style, at);
    return marks ? ink_on(color) : color;
  }
  const Rgb hidden = unpack(style.pale_color);
  if (picture.reveal.ghost.tensor == nullptr) return hidden;
  return blend(hidden, value_color(picture.reveal.ghost, style, at),
               static_cast<double>(ui::kGhostColor));
}

// `y` and `x` in pixels from the plane's corner.
Rgb hatched_over(Rgb under, const ui::HeatmapStyle& style, double y, double x) {
  const auto pitch = static_cast<double>(style.hatch_pitch);
  const double along = x + y - std::floor((x + y) / pitch) * pitch;
  const double away = std::min(along, pitch - along) / std::sqrt(2.0);
  const double line =
      std::clamp(static_cast<double>(style.hatch_width) / 2.0 + 0.5 - away, 0.0, 1.0);
  return blend(under, ink_on(under), line * static_cast<double>(ui::kHatchOpacity));
}

}  // namespace

Pixels cpu_heatmap(const ui::HeatmapPicture& picture, const ui::HeatmapStyle& style,
                   const ui::HeatmapCrop& crop) {
  Pixels pixels;
  pixels.reserve(static_cast<std::size_t>(crop.width * crop.height) * 4);
  const auto pitch = static_cast<double>(crop.cells_per_pixel);
  const auto lines = static_cast<double>(style.grid_width);
  for (int row = 0; row < crop.height; ++row) {
    for (int column = 0; column < crop.width; ++column) {
      const Place at{static_cast<double>(crop.y0) + (row + 0.5) * pitch,
                     static_cast<double>(crop.x0) + (column + 0.5) * pitch, pitch, row, column};
      const bool line = lines > 0.0 && (on_line(at.y, pitch, lines) || on_line(at.x, pitch, lines));
      Rgb color = line ? unpack(style.grid_color) : cell_color(picture, style, at);
      const bool hatched = picture.hatched.has_row(static_cast<Index>(std::floor(at.y))) ||
                           picture.hatched.has_column(static_cast<Index>(std::floor(at.x)));
      if (hatched && !line) color = hatched_over(color, style, at.y / pitch, at.x / pitch);
      pixels.insert(pixels.end(), {color.r, color.g, color.b, 255});
    }
  }
  return pixels;
}

Pixels cpu_heatmap(const Tensor& tensor, Index channel, const ui::HeatmapStyle& style,
                   const ui::HeatmapCrop& crop) {
  return cpu_heatmap({.values = {.tensor = &tensor, .channel = channel}}, style, crop);
}

::testing::AssertionResult similar(const Pixels& actual, const Pixels& expected, int width,
                                   const Tolerance& tolerance) {
  if (actual.size() != expected.size()) {
    return ::testing::AssertionFailure()
           << actual.size() / 4 << " pixels; " << expected.size() / 4 << " expected";
  }
  double sum = 0.0;
  int worst = 0;
  std::size_t where = 0;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    const int difference = std::abs(int{actual[i]} - int{expected[i]});
    sum += difference;
    if (difference > worst) {
      worst = difference;
      where = i;
    }
  }
  const double mean = sum / static_cast<double>(std::max<std::size_t>(1, actual.size()));
  if (worst <= tolerance.maximum && mean <= tolerance.mean) return ::testing::AssertionSuccess();
  const std::size_t pixel = where / 4;
  const auto columns = static_cast<std::size_t>(width);
  return ::testing::AssertionFailure()
         << "differs by up to " << worst << " (allowed " << tolerance.maximum << "), " << mean
         << " on average (allowed " << tolerance.mean << "); worst in row " << pixel / columns
         << ", column " << pixel % columns << ", channel " << where % 4 << ": "
         << int{actual[where]} << " instead of " << int{expected[where]};
}

}  // namespace convscope::testing
