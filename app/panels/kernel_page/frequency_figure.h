#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/program/view/kernel_info.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// Draws the frequency response |F| over fy and fx, with labelled axes, a colour bar and a sentence.
// `heatmap` keeps its zoom between frames.
void draw_frequencies(const PanelContext& context, const Rect& rect, const KernelInfo& info,
                      ui::HeatmapViewState& heatmap);

}  // namespace convscope::panels
