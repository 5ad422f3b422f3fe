#pragma once

#include <span>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// The state of the pooling panel.
struct PoolingPanelState {
  ui::HeatmapViewState heatmap;
};

// Draws the card of the max or average pooling of the output.
void draw_pooling_panel(const PanelContext& context, const Rect& rect, std::span<const Card> shared,
                        PoolingPanelState& state);
// Draws the controls of the pooling for the inspector, and the formulas of its size.
void draw_pooling_controls(const PanelContext& context);

// Draws the fields of the shown layer's PoolingScene, which flow from row to row.
void draw_pool_controls(const PanelContext& context);

}  // namespace convscope::panels
