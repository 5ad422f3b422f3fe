#pragma once

#include "app/export/figure.h"
#include "app/export/figure_parts.h"
#include "app/export/names.h"

namespace convscope::exports {

inline constexpr double kBarHeight = 34.0;  // with the gap above it

// Draws the colour bar of a plane at the bottom of `area`, with the numbers at its ends.
void draw_bar(const Pen& pen, const HeatmapBlock& block, const Box& area);

}  // namespace convscope::exports
