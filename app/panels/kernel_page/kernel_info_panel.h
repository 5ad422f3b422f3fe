#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

struct KernelInfoPanelState {
  ui::HeatmapViewState frequencies;
  bool open = false;  // was drawn in the last frame
};

// "About this kernel": what its numbers say, its separability, its frequency response, and the row
// of the matrix that makes the output cell under the pointer. In the place of the learning's cards.
void draw_kernel_info_panel(const PanelContext& context, const Rect& rect,
                            KernelInfoPanelState& state);

}  // namespace convscope::panels
