#pragma once

#include <span>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// The state of the output panel.
struct OutputPanelState {
  ui::HeatmapViewState heatmap;
};

// Draws the card of the output, the cross-correlation of input and kernel, with the controls of its
// padding, stride and dilation.
void draw_output_panel(const PanelContext& context, const Rect& rect, std::span<const Card> shared,
                       OutputPanelState& state);
// Draws the controls of the output for the inspector, and the formulas of its size.
void draw_output_controls(const PanelContext& context);

// Draws the fields of the shown layer's ConvScene, which flow from row to row.
void draw_conv_controls(const PanelContext& context);

}  // namespace convscope::panels
