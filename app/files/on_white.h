#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "app/files/names.h"
#include "app/files/raster.h"

namespace convscope::files {

// Returns whether some pixel is not fully opaque.
bool has_transparent_parts(const Raster& raster);

namespace detail {

// The sample value that stands for 1.
template <typename T>
constexpr float full_sample() {
  return std::is_same_v<T, float> ? 1.0f : static_cast<float>(static_cast<T>(-1));
}

}  // namespace detail

// Returns the pixels of a row without their alpha, if they have one.
template <typename T>
std::vector<T> row_without_alpha(std::span<const T> row, int channels) {
  if (channels == 1 || channels == 3) return {row.begin(), row.end()};
  std::vector<T> colors;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if ((i + 1) % static_cast<std::size_t>(channels) != 0) colors.push_back(row[i]);
  }
  return colors;
}

// Returns a row with alpha put on white, with values from 0 to 1: alpha · colour + (1 − alpha).
template <typename T>
std::vector<float> row_on_white(std::span<const T> row, int channels) {
  const auto step = static_cast<std::size_t>(channels);
  const float full = detail::full_sample<T>();
  std::vector<float> colors;
  for (std::size_t i = 0; i + step <= row.size(); i += step) {
    const float alpha = static_cast<float>(row[i + step - 1]) / full;
    for (std::size_t c = 0; c + 1 < step; ++c)
      colors.push_back(alpha * (static_cast<float>(row[i + c]) / full) + (1.0f - alpha));
  }
  return colors;
}

}  // namespace convscope::files
