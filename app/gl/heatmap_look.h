#pragma once

#include "app/gl/names.h"
#include "app/ui/heatmap_painter.h"

namespace convscope::gl {

// Everything that a picture depends on besides its textures.
struct Look {
  Index revealed = 0;
  Padding ring;
  PaddingMode ring_mode = PaddingMode::kZeros;
  ui::CellStrips hatched;
  ui::HeatmapStyle style;
  ui::HeatmapCrop crop;
  friend bool operator==(const Look&, const Look&) = default;
};

// The pixels of a picture in rows [top, bottom) and columns [left, right).
struct PixelBox {
  int top = 0, left = 0, bottom = 0, right = 0;
};

PixelBox all_pixels(const ui::HeatmapCrop& crop);
// Returns the pixels that show any of `cells`.
PixelBox pixels_of(const CellRect& cells, const ui::HeatmapCrop& crop);

// Returns the rows of cells that differ between two pictures that only differ in the number of
// revealed cells.
CellRect newly_revealed(Index before, Index now, const Shape& shape);

// Returns whether the ring repeats cells of the plane at other positions.
bool repeats_cells(const Look& look);

}  // namespace convscope::gl
