#pragma once

#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// A heatmap in the colours of `view` (`args.style` is its), whose colour bar opens a popup: the
// range, a histogram of the values, and the format of numbers. The popup enqueues ChooseRange for
// `view` and ChooseNumbers.
ui::HeatmapEvent draw_heatmap(const PanelContext& context, const std::string& view,
                              const ui::HeatmapArgs& args, ui::HeatmapViewState& state);

// What the popup of a colour bar is about.
struct RangePopup {
  std::string view;        // whose range it is
  ui::HeatmapStyle style;  // that the view has now
  ui::HeatmapPlane plane;  // whose values are counted
  const char* id = "";     // of the bar
};
// A colour bar at ImGui's cursor for several heatmaps of one range, with that popup. `marked` has a
// tick; `data` is the range of the values of all.
void draw_range_bar(const PanelContext& context, const RangePopup& popup, const float* marked,
                    const ui::ValueRange& data);

}  // namespace convscope::panels
