#pragma once

#include "app/ui/heatmap_painter.h"

namespace convscope::gl {

// Pixels of a picture: those of the rows [top, bottom) and the columns [left, right).
struct PixelBox {
  int top = 0, left = 0, bottom = 0, right = 0;
};

PixelBox all_pixels(const ui::HeatmapCrop& crop);
// The pixels that show any of `cells`.
PixelBox pixels_of(const CellRect& cells, const ui::HeatmapCrop& crop);

// The rows of cells that differ between two pictures of which only the number of revealed cells
// does.
CellRect newly_revealed(Index before, Index now, const Shape& shape);

}  // namespace convscope::gl
