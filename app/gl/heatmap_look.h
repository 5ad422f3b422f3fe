#pragma once

#include "app/ui/heatmap_painter.h"

namespace convscope::gl {

// What the picture depends on beside its textures.
struct Look {
  Index revealed = 0;
  Padding ring;
  PaddingMode ring_mode = PaddingMode::kZeros;
  ui::CellStrips hatched;
  ui::HeatmapStyle style;
  ui::HeatmapCrop crop;
  friend bool operator==(const Look&, const Look&) = default;
};

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

// Whether the ring shows cells of the plane once more, at other places.
bool repeats_cells(const Look& look);

}  // namespace convscope::gl
