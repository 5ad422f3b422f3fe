#pragma once

#include <functional>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// Draws the controls for exploring the output: sweep and prediction. `settings` draws the card's
// other controls, which are in a popup while the output is swept or predicted.
void draw_output_exploring(const PanelContext& context, const std::function<void()>& settings);
// Draws the same for the pooled plane, which is not predicted.
void draw_pooled_exploring(const PanelContext& context, const std::function<void()>& settings);

// Draws the controls of a sweep that shows how a plane's gradient goes backward, cell by cell.
// `settings` draws the card's other controls, which are in a popup.
void draw_backward_sweep(const PanelContext& context, SweptPlane plane,
                         const std::function<void()>& settings);

// Sets in `args`, which already has the plane, which of the plane's cells are shown and which one
// is selected.
void show_explored(const PanelContext& context, SweptPlane plane, ui::HeatmapArgs& args);

// Handles clicks on the plane's cells, and draws the field for a guess. To be called after the
// plane is drawn.
void explore_cells(const PanelContext& context, SweptPlane plane, const ui::HeatmapEvent& event);

}  // namespace convscope::panels
