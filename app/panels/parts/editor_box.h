#pragma once

#include "app/panels/names.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// The rectangle on the screen of the field in which a cell's number is typed.
struct CellBox {
  ImVec2 min, max;
};
// Returns the rectangle over a cell of a heatmap, large enough for a number.
CellBox editor_box(const ui::Ui& ui, const ui::HeatmapEvent& event, Yx cell);

}  // namespace convscope::panels
