#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// The cross-correlation of input and kernel, with its padding, stride and dilation.
struct OutputPanelState {
  ui::HeatmapViewState heatmap;
  float controls = 0.0f;  // their height
};

void draw_output_panel(const PanelContext& context, const Rect& rect, OutputPanelState& state);

// The fields of its ConvScene, which flow.
void draw_conv_controls(const PanelContext& context);

}  // namespace convscope::panels
