#pragma once

#include "engine/colormap.h"

namespace convscope::ui {

// How values become colours. `lo` and `hi` are the values at the ends of the colour bar.
struct HeatmapStyle {
  ColorMap map = ColorMap::kViridis;
  float lo = 0.0f;
  float hi = 1.0f;
  friend bool operator==(const HeatmapStyle&, const HeatmapStyle&) = default;
};

}  // namespace convscope::ui
