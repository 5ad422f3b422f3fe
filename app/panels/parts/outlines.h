#pragma once

#include <imgui.h>

#include <vector>

#include "app/panels/names.h"
#include "app/ui/heatmap_view.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {

// Appends outlines for the cells of a grid: one rectangle around all if the cells touch or are very
// many, else one for each cell.
void add_outlines(const CellGrid& grid, ImU32 color, std::vector<ui::CellOutline>& outlines);

}  // namespace convscope::panels
