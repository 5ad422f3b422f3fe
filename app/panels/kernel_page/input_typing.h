#pragma once

#include "app/panels/kernel_page/input_panel.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// Opens a field over a cell of the input when a number is typed. Tab takes the number and goes on
// to the next cell, row by row.
void type_input_value(const PanelContext& context, const ui::HeatmapEvent& event,
                      InputPanelState& state);

}  // namespace convscope::panels
