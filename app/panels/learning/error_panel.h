#pragma once

#include <span>

#include "app/panels/learning/directions_panel.h"
#include "app/panels/learning/landscape_panel.h"
#include "app/panels/learning/momentum_map_panel.h"
#include "app/panels/learning/target_view.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// What the Error card shows: the prediction minus the target, the target alone, or one of the views
// of the landscape: the loss over two parameters, the map of rates and momenta, or the errors along
// the eigenvectors.

// The state of the Error card between frames.
struct ErrorPanelState {
  ui::HeatmapViewState error;
  TargetViewState target;
  LandscapePanelState landscape;
  MomentumMapState momentum;
  DirectionsState directions;
};

// Draws the card with the chosen view. `kept` are the frozen copies of runs that the landscape
// shows.
void draw_error_panel(const PanelContext& context, const Rect& rect, std::span<const KeptRun> kept,
                      ErrorPanelState& state);

}  // namespace convscope::panels
