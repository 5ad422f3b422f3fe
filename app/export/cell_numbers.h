#pragma once

#include "app/export/figure.h"
#include "app/export/figure_parts.h"
#include "app/export/names.h"

namespace convscope::exports {

// Returns whether a cell of the plane shows its value.
bool is_revealed(const HeatmapBlock& block, Index y, Index x);

// Returns the colour that a cell of the plane or its ring shows, as the window does.
Color cell_color(const Pen& pen, const HeatmapBlock& block, Index y, Index x);

// Writes the values into the cells of a plane and its ring, if they are large enough and the plane
// has few enough. `corner` is that of the plane's first cell; `side` is the coloured part of
// `cell`.
void draw_numbers(const Pen& pen, const HeatmapBlock& block, const Point& corner, double cell,
                  double side);

}  // namespace convscope::exports
