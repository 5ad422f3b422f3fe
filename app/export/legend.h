#pragma once

#include <span>

#include "app/export/canvas.h"
#include "app/export/figure.h"
#include "app/export/figure_parts.h"
#include "app/export/names.h"

namespace convscope::exports {

// Colours that stand out on every colour of a map.
inline constexpr Color kDark = 0xFF271F1Bu;
inline constexpr Color kWhite = 0xFFFFFFFFu;

// Returns the height of a legend in rows of `width` units; 0 without entries.
double legend_height(const Fonts& fonts, std::span<const LegendEntry> entries, double width);
// Draws it from the upper edge of `area` on.
void draw_legend(const Pen& pen, std::span<const LegendEntry> entries, const Box& area);

// Draw marks with a rim, in the middle of `at`.
void draw_dot(const Pen& pen, const Point& at, double radius, Color color);
void draw_mark(const Pen& pen, LegendEntry::Sample sample, const Point& at, Color color);

}  // namespace convscope::exports
