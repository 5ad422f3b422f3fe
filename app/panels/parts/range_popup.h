#pragma once

#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// Draws a heatmap whose colour bar opens a popup with the range of colours, a histogram of the
// values, and the format of numbers. The popup enqueues ChooseRange for `view` and ChooseNumbers.
// `args.style` must be the style of `view`. Returns what the pointer does.
ui::HeatmapEvent draw_heatmap(const PanelContext& context, const std::string& view,
                              const ui::HeatmapArgs& args, ui::HeatmapViewState& state);

// The contents of the popup of a colour bar.
struct RangePopup {
  std::string view;        // the name of the view whose range is chosen
  ui::HeatmapStyle style;  // the current style of that view
  ui::HeatmapPlane plane;  // the plane whose values the histogram counts
  const char* id = "";     // the name of the colour bar
};
// Draws a colour bar with its popup at ImGui's cursor, for several heatmaps with the same range.
// `marked` is the value that has a tick, or null. `data` is the range of all their values.
void draw_range_bar(const PanelContext& context, const RangePopup& popup, const float* marked,
                    const ui::ValueRange& data);

}  // namespace convscope::panels
