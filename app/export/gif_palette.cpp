#include "app/export/gif_palette.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace convscope::exports {
namespace {

constexpr std::size_t kMostColors = 256;

Rgb rgb_of_key(std::uint32_t key) {
  return {static_cast<std::uint8_t>(key >> 16), static_cast<std::uint8_t>(key >> 8),
          static_cast<std::uint8_t>(key)};
}

// Calls `visit(color)` for each pixel.
template <typename Visit>
void each_pixel(std::span<const std::uint8_t> rgba, const Visit& visit) {
  for (std::size_t i = 0; i + 3 < rgba.size(); i += 4)
    visit(std::uint32_t{rgba[i]} << 16 | std::uint32_t{rgba[i + 1]} << 8 | rgba[i + 2]);
}

}  // namespace

void GifPalette::count(std::span<const std::uint8_t> rgba) {
  // Neighbours are often alike.
  std::uint32_t last = 0;
  std::uint64_t* same = nullptr;
  each_pixel(rgba, [&](std::uint32_t color) {
    if (same == nullptr || color != last) same = &counts_[color];
    last = color;
    ++*same;
  });
}

void GifPalette::choose() {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> found;
  for (const auto& [color, count] : counts_)
    found.emplace_back(count, color);
  // The most frequent first; equally frequent ones in an order that is always the same.
  std::ranges::sort(found, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  exact_ = found.size() <= kMostColors;
  if (!exact_) found.resize(kMostColors);
  for (const auto& [count, color] : found) {
    index_[color] = static_cast<std::uint8_t>(colors_.size());
    colors_.push_back(rgb_of_key(color));
  }
}

std::uint8_t GifPalette::nearest(std::uint32_t color) const {
  const Rgb wanted = rgb_of_key(color);
  int least = std::numeric_limits<int>::max();
  std::size_t best = 0;
  for (std::size_t i = 0; i < colors_.size(); ++i) {
    const int r = colors_[i].r - wanted.r;
    const int g = colors_[i].g - wanted.g;
    const int b = colors_[i].b - wanted.b;
    const int off = 3 * r * r + 6 * g * g + b * b;  // about as eyes weigh them
    if (off >= least) continue;
    least = off;
    best = i;
  }
  return static_cast<std::uint8_t>(best);
}

std::vector<std::uint8_t> GifPalette::indices(std::span<const std::uint8_t> rgba) {
  std::vector<std::uint8_t> result;
  result.reserve(rgba.size() / 4);
  each_pixel(rgba, [&](std::uint32_t color) {
    const auto [found, added] = index_.try_emplace(color);
    if (added) found->second = nearest(color);
    result.push_back(found->second);
  });
  return result;
}

}  // namespace convscope::exports
