#pragma once

#include "app/export/figure.h"
#include "app/export/figure_parts.h"
#include "app/export/names.h"

namespace convscope::exports {

// Returns the rows and columns of a plane with its ring.
Yx shown_cells(const HeatmapBlock& block);

// Returns the size of a block whose cells have sides of `cell` units.
BlockSize size_of(const HeatmapBlock& block, double cell, const Fonts& fonts,
                  const FigureLook& look);

// Draws the block. `area` is the room for the plane, which stands in its middle; the head is right
// above the plane and the bar right below it.
void draw(const Pen& pen, const HeatmapBlock& block, const Box& area, double cell);

}  // namespace convscope::exports
