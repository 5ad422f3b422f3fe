#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// Max or average pooling of the output.
struct PoolingPanelState {
  ui::HeatmapViewState heatmap;
  float controls = 0.0f;  // their height
};

void draw_pooling_panel(const PanelContext& context, const Rect& rect, PoolingPanelState& state);

// The fields of its PoolingScene, which flow.
void draw_pool_controls(const PanelContext& context);

}  // namespace convscope::panels
