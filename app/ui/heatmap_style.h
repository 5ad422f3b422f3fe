#pragma once

#include <cstdint>

#include "engine/colormap.h"

namespace convscope::ui {

// How values become colours. `lo` and `hi` are the values at the ends of the colour bar.
// Lines between the cells: a pixel is part of one where its centre is at least -grid_width / 2 +
// 1/4 and less than grid_width / 2 + 1/4 pixels after a border between cells.
struct HeatmapStyle {
  ColorMap map = ColorMap::kViridis;
  float lo = 0.0f;
  float hi = 1.0f;
  bool rgb = false;         // the first three channels are colours from 0 to 1; the map is not used
  float grid_width = 0.0f;  // in pixels of the picture; 0 draws none
  std::uint32_t grid_color = 0;  // as ImU32: red in the lowest byte
  friend bool operator==(const HeatmapStyle&, const HeatmapStyle&) = default;
};

}  // namespace convscope::ui
