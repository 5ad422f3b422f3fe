#pragma once

#include <string>

#include "app/panels/context.h"

namespace convscope {

// A heatmap in the colours of `view` (`args.style` is its), whose colour bar opens a popup: the
// range, a histogram of the values, and the format of numbers. The popup enqueues ChooseRange for
// `view` and ChooseNumbers.
ui::HeatmapEvent draw_heatmap(const PanelContext& context, const std::string& view,
                              const ui::HeatmapArgs& args, ui::HeatmapViewState& state);

}  // namespace convscope
