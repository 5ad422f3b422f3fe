#pragma once

#include "app/panels/learning/landscape_panel.h"
#include "app/panels/learning/target_view.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

enum class ErrorView { kError, kTarget, kLandscape };

// Prediction minus target; or the target; or the loss over two weights.
struct ErrorPanelState {
  ErrorView view = ErrorView::kError;
  ui::HeatmapViewState error;
  TargetViewState target;
  LandscapePanelState landscape;
};

void draw_error_panel(const PanelContext& context, const Rect& rect, ErrorPanelState& state);

}  // namespace convscope::panels
