#pragma once

#include "app/panels/names.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// Where a number is typed over a cell of a heatmap, on the screen.
struct CellBox {
  ImVec2 min, max;
};
CellBox editor_box(const ui::Ui& ui, const ui::HeatmapEvent& event, Yx cell);

}  // namespace convscope::panels
