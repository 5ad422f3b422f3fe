#pragma once

#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/ui/heatmap_view.h"

// A plane with one row has its values as a curve above its heatmap, each point above its cell.
namespace convscope::panels {

// Draws a heatmap as draw_heatmap does, where the card is high enough with the curve of a plane
// that has one row: in its colours where it has them, interrupted by values that are hidden or not
// finite, with a hairline at the cell under the pointer. Registers the curve with its axis as
// "id/curve", and the labels of the axis as "id/curve-labels".
ui::HeatmapEvent draw_with_curve(const PanelContext& context, const std::string& view,
                                 ui::HeatmapArgs args, ui::HeatmapViewState& state);

}  // namespace convscope::panels
