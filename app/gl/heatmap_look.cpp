#include "app/gl/heatmap_look.h"

#include <algorithm>

namespace convscope::gl {

PixelBox all_pixels(const ui::HeatmapCrop& crop) {
  return {0, 0, crop.height, crop.width};
}

PixelBox pixels_of(const CellRect& cells, const ui::HeatmapCrop& crop) {
  const auto pixel_of = [&](Index cell, float origin, int size) {
    const double pixel = (static_cast<double>(cell) - static_cast<double>(origin)) /
                         static_cast<double>(crop.cells_per_pixel);
    return static_cast<int>(std::clamp(pixel, -2.0, static_cast<double>(size) + 2.0));
  };
  // Adds a pixel at both ends, so that rounding leaves none out.
  const auto first = [&](Index cell, float origin, int size) {
    return std::clamp(pixel_of(cell, origin, size) - 1, 0, size);
  };
  const auto end = [&](Index cell, float origin, int size) {
    return std::clamp(pixel_of(cell, origin, size) + 2, 0, size);
  };
  return {first(cells.top, crop.y0, crop.height), first(cells.left, crop.x0, crop.width),
          end(cells.bottom, crop.y0, crop.height), end(cells.right, crop.x0, crop.width)};
}

CellRect newly_revealed(Index before, Index now, const Shape& shape) {
  if (before == now) return {};
  const auto row_of = [&](Index count) {
    return std::clamp<Index>(count, 0, shape.h * shape.w) / shape.w;
  };
  return {row_of(std::min(before, now)), 0, row_of(std::max(before, now)) + 1, shape.w};
}

bool repeats_cells(const Look& look) {
  return look.ring != Padding{} && look.ring_mode != PaddingMode::kZeros;
}

}  // namespace convscope::gl
