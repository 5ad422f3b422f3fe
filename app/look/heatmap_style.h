#pragma once

#include <cstdint>

#include "app/look/names.h"
#include "engine/color/colormap.h"

namespace convscope::look {

// Text on cells is black above this luminance and white below. That gives at least 4.5:1 on every
// colour, which dark grey would not.
inline constexpr std::uint32_t kDarkText = 0xFF000000u;
inline constexpr std::uint32_t kLightText = 0xFFFFFFFFu;
inline constexpr double kLightCell = 0.18;

// The share of its value's colour that a pale cell keeps; the rest is `pale_color`.
inline constexpr float kRingColor = 0.3f;    // in the padding
inline constexpr float kGhostColor = 0.25f;  // in a ghost
// The opacity of the lines over hatched cells.
inline constexpr float kHatchOpacity = 0.55f;

// Stands on a colour bar whose ends are percentiles.
inline constexpr const char* kPercentilesNote = "2–98 %";

// How values become colours. Colours are packed as ImU32, red in the lowest byte. `lo` and `hi` are
// the values at the ends of the colour bar.
//
// Grid: a pixel belongs to a line if its centre is at least -grid_width / 2 + 1/4 and less than
// grid_width / 2 + 1/4 pixels after a border between cells.
//
// Hatching: lines from lower left to upper right, through the plane's upper left corner and every
// `hatch_pitch` pixels to its right, in the colour of text on the cell. A pixel is covered by as
// much as its centre is less than hatch_width / 2 + 1/2 from the middle of a line.
//
// Marks: finite values beyond lo and hi are marked in the colour of text on the cell, by a triangle
// with sides of `mark_size` pixels, in the upper right corner of the cell above the range and in
// the lower left corner below it. A pixel belongs to a triangle if its centre is at most 1/4 beyond
// its slope. In cells of less than two `mark_size`, a pixel is marked instead if its column and row
// are multiples of 4, or 2 more than that below the range.
struct HeatmapStyle {
  ColorMap map = ColorMap::kViridis;
  float lo = 0.0f;
  float hi = 1.0f;
  bool percentiles = false;  // lo and hi leave 2 % of the values out at each end; the bar says so
  bool rgb = false;          // the first three channels are colours from 0 to 1; `map` is unused
  float grid_width = 0.0f;   // in pixels of the picture; 0 draws none
  std::uint32_t grid_color = 0;
  std::uint32_t pale_color = 0xFFFFFFFFu;  // the colour of hidden cells and behind pale cells
  float hatch_pitch = 8.0f;                // in pixels of the picture
  float hatch_width = 1.0f;
  float mark_size = 0.0f;  // in pixels of the picture; 0 marks nothing
  friend bool operator==(const HeatmapStyle&, const HeatmapStyle&) = default;
};

}  // namespace convscope::look
