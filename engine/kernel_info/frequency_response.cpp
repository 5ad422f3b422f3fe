#include "engine/kernel_info/frequency_response.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "engine/core/as_plane.h"

namespace convscope::engine {
namespace {

using Complex = std::complex<double>;

constexpr double kRounding = 1e-9;  // relative error of a sum of up to 31 x 31 products

// Returns exp(2πi·f·k) for all f of `frequencies` and k < count: [frequencies][count]. Multiples of
// a quarter turn are exact, so that values that cancel give exactly 0.
std::vector<Complex> waves(const std::vector<double>& frequencies, Index count) {
  std::vector<Complex> result;
  for (const double f : frequencies) {
    for (Index k = 0; k < count; ++k) {
      const double turns = f * static_cast<double>(k);
      const double quarter = (turns - std::floor(turns)) * 4.0;
      constexpr Complex kQuarters[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
      result.push_back(quarter == std::floor(quarter)
                           ? kQuarters[static_cast<std::size_t>(quarter)]
                           : std::polar(1.0, quarter * std::numbers::pi / 2.0));
    }
  }
  return result;
}

// Returns |F| at all pairs of frequencies; sums along the rows first, then along the columns.
std::vector<double> response(const Tensor& kernel, const std::vector<double>& fy,
                             const std::vector<double>& fx) {
  const Index h = kernel.shape().h;
  const Index w = kernel.shape().w;
  const std::vector<Complex> along_y = waves(fy, h);
  const std::vector<Complex> along_x = waves(fx, w);
  std::vector<Complex> rows(static_cast<std::size_t>(h) * fx.size());
  for (Index v = 0; v < h; ++v) {
    for (std::size_t j = 0; j < fx.size(); ++j) {
      const Complex* const wave = along_x.data() + j * static_cast<std::size_t>(w);
      Complex sum;
      for (Index u = 0; u < w; ++u)
        sum += static_cast<double>(kernel.at(v, u)) * wave[u];
      rows[static_cast<std::size_t>(v) * fx.size() + j] = sum;
    }
  }
  std::vector<double> result;
  result.reserve(fy.size() * fx.size());
  for (std::size_t i = 0; i < fy.size(); ++i) {
    const Complex* const wave = along_y.data() + i * static_cast<std::size_t>(h);
    for (std::size_t j = 0; j < fx.size(); ++j) {
      Complex sum;
      for (Index v = 0; v < h; ++v)
        sum += wave[v] * rows[static_cast<std::size_t>(v) * fx.size() + j];
      result.push_back(std::abs(sum));
    }
  }
  return result;
}

// Returns (first, first + 1, ... first + count - 1) · step / period.
std::vector<double> multiples(Index first, Index count, Index period, Index step = 1) {
  std::vector<double> result;
  for (Index i = 0; i < count; ++i)
    result.push_back(static_cast<double>((first + i) * step) / static_cast<double>(period));
  return result;
}

Band band_of(const FrequencySummary& s, double scale) {
  if (s.largest <= kRounding * scale) return Band::kNothing;
  if (s.smallest >= 0.99 * s.largest) return Band::kAll;
  if (s.at_zero >= (1.0 - kRounding) * s.largest) return Band::kLow;
  return std::max(s.peak_y, std::abs(s.peak_x)) == 0.5 ? Band::kHigh : Band::kMiddle;
}

}  // namespace

Tensor frequency_response(const Tensor& kernel, Yx size) {
  assert(size.y > 0 && size.x > 0);
  return as_plane(response(kernel, multiples(-(size.y / 2), size.y, size.y),
                           multiples(-(size.x / 2), size.x, size.x)),
                  size);
}

Tensor frequency_picture(const Tensor& kernel, Index half, Yx dilation) {
  assert(half > 0);
  const Index count = 2 * half + 1;
  return as_plane(response(kernel, multiples(-half, count, 2 * half, dilation.y),
                           multiples(-half, count, 2 * half, dilation.x)),
                  {count, count});
}

FrequencySummary summarize_frequencies(const Tensor& kernel, Yx dilation) {
  constexpr Index kPeriod = 64;
  // Computes the half with fy >= 0, because |F| is the same at the opposite frequency.
  const std::vector<double> fy = multiples(0, kPeriod / 2 + 1, kPeriod);
  const std::vector<double> fx = multiples(-kPeriod / 2, kPeriod + 1, kPeriod);
  const std::vector<double> values =
      response(kernel, multiples(0, kPeriod / 2 + 1, kPeriod, dilation.y),
               multiples(-kPeriod / 2, kPeriod + 1, kPeriod, dilation.x));
  FrequencySummary summary;
  summary.repeats = dilation.y > 1 || dilation.x > 1;
  summary.at_zero = values[kPeriod / 2];
  summary.at_half = values.back();
  summary.largest = std::ranges::max(values);
  summary.smallest = std::ranges::min(values);
  double nearest = 2.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double y = fy[i / fx.size()];
    const double x = fx[i % fx.size()];
    const double distance = y * y + x * x;
    // At equal distances prefers fx >= 0, which is how one would name the frequency.
    const bool nearer =
        distance < nearest || (distance == nearest && x > 0.0 && -x == summary.peak_x);
    if (values[i] >= summary.largest * (1.0 - kRounding) && nearer) {
      nearest = distance;
      summary.peak_y = y;
      summary.peak_x = x;
    }
  }
  double scale = 0.0;
  for (const float w : kernel.values())
    scale += std::abs(static_cast<double>(w));
  summary.band = band_of(summary, scale);
  return summary;
}

}  // namespace convscope::engine
