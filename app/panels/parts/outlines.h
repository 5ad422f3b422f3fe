#pragma once

#include <imgui.h>

#include <vector>

#include "app/panels/names.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/ui.h"
#include "engine/ops/cell_links.h"

namespace convscope::panels {

// Appends outlines for the cells of a grid: one rectangle around all if the cells touch or are very
// many, else one for each cell.
void add_outlines(const CellGrid& grid, ImU32 color, std::vector<ui::CellOutline>& outlines);

// Moves ImGui's cursor into the rest of a narrow card, whose plane has all of its width, by as much
// as an outline is wider than its cell. Returns the size that is left.
ImVec2 inset_for_outlines(const ui::Ui& ui);

}  // namespace convscope::panels
