#include "tests/gl/cpu_heatmap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace convscope::testing {
namespace {

// A pixel shows the mean of what it covers; of more than 8 x 8 cells, 8 x 8 spread evenly.
constexpr int kMostSamples = 8;

struct Plane {
  const Tensor& tensor;
  Index channel;
  double at(double y, double x) const {
    const Shape& s = tensor.shape();
    const Index row = std::clamp<Index>(static_cast<Index>(std::floor(y)), 0, s.h - 1);
    const Index column = std::clamp<Index>(static_cast<Index>(std::floor(x)), 0, s.w - 1);
    return static_cast<double>(tensor.at(0, channel, row, column));
  }
  double mean(double y, double x, double pitch) const {
    if (pitch <= 1.0) return at(y, x);
    const int n = std::min(kMostSamples, static_cast<int>(std::ceil(pitch)));
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

Rgb cell_color(const Tensor& tensor, Index channel, const ui::HeatmapStyle& style, double y,
               double x, double pitch) {
  if (!style.rgb || tensor.shape().c < 3) {
    const double value = Plane{tensor, channel}.mean(y, x, pitch);
    return map_color(style.map, style.lo, style.hi, static_cast<float>(value));
  }
  std::array<double, 3> mean{};
  for (Index c = 0; c < 3; ++c)
    mean[static_cast<std::size_t>(c)] = Plane{tensor, c}.mean(y, x, pitch);
  const double sum = mean[0] + mean[1] + mean[2];
  if (!std::isfinite(sum)) return map_color(style.map, 0.0f, 1.0f, static_cast<float>(sum));
  const auto byte = [](double v) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0, 1.0) * 255.0));
  };
  return {byte(mean[0]), byte(mean[1]), byte(mean[2])};
}

}  // namespace

Pixels cpu_heatmap(const Tensor& tensor, Index channel, const ui::HeatmapStyle& style,
                   const ui::HeatmapCrop& crop) {
  Pixels pixels;
  pixels.reserve(static_cast<std::size_t>(crop.width * crop.height) * 4);
  const auto pitch = static_cast<double>(crop.cells_per_pixel);
  const auto lines = static_cast<double>(style.grid_width);
  for (int row = 0; row < crop.height; ++row) {
    for (int column = 0; column < crop.width; ++column) {
      const double y = static_cast<double>(crop.y0) + (row + 0.5) * pitch;
      const double x = static_cast<double>(crop.x0) + (column + 0.5) * pitch;
      const bool line = lines > 0.0 && (on_line(y, pitch, lines) || on_line(x, pitch, lines));
      const Rgb color =
          line ? unpack(style.grid_color) : cell_color(tensor, channel, style, y, x, pitch);
      pixels.insert(pixels.end(), {color.r, color.g, color.b, 255});
    }
  }
  return pixels;
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
