#pragma once

#include <vector>

#include "app/look/names.h"
#include "engine/ops/cell_links.h"

namespace convscope::look {

// A rectangle of cells.
struct CellBox {
  Index y = 0, x = 0, h = 1, w = 1;
  friend bool operator==(const CellBox&, const CellBox&) = default;
};

// Returns the rectangles to outline for the cells of a grid: one around all if the cells touch or
// are very many, else one for each cell.
std::vector<CellBox> boxes_of(const CellGrid& grid);

}  // namespace convscope::look
