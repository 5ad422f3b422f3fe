#pragma once

#include "app/ui/focus.h"
#include "app/ui/heatmap_layers.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/names.h"

// What the keyboard does to the heatmap that has the focus: the arrows go from cell to cell, and
// the cell counts as the one under the pointer. Enter clicks it, or paints it; Delete erases it.
// Page Up and Page Down zoom, and Home shows the whole plane.
namespace convscope::ui {

// Moves the cell and the view, before the plane is laid out.
void move_by_keys(const FocusKeys& keys, const HeatmapFrame& frame, const HeatmapArgs& args,
                  HeatmapViewState& state);

// Says what is done to the cell.
void read_cell_keys(const FocusKeys& keys, const HeatmapArgs& args, Yx cell, HeatmapEvent& event);

}  // namespace convscope::ui
