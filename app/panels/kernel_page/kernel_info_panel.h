#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// The state of the panel "About this kernel".
struct KernelInfoPanelState {
  ui::HeatmapViewState frequencies;
  bool open = false;  // whether the panel was drawn in the last frame
};

// Draws "About this kernel" in place of the cards of the learning: facts about the kernel's
// numbers, its separability, its frequency response, and the matrix row of the output cell under
// the pointer.
void draw_kernel_info_panel(const PanelContext& context, const Rect& rect,
                            KernelInfoPanelState& state);

}  // namespace convscope::panels
