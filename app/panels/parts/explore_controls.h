#pragma once

#include <functional>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// Draws the controls of the output card. `settings` draws the fields of the convolution; while the
// output is swept or predicted in a low card, these move into a popup to make room.
void draw_output_controls(const PanelContext& context, const Rect& card,
                          const std::function<void()>& settings);
// Draws the controls of the pooling card likewise, without the switch that begins a sweep.
void draw_pooled_controls(const PanelContext& context, const Rect& card,
                          const std::function<void()>& settings);
// Draws the switch that begins a sweep over the pooled plane, in the card's upper right corner.
void draw_pooled_switch(const PanelContext& context);
// Returns the width of that switch.
float pooled_switch_width(const ui::Ui& ui);

// Sets in `args`, which already has the plane, which of the plane's cells are shown and which one
// is selected.
void show_explored(const PanelContext& context, SweptPlane plane, ui::HeatmapArgs& args);

// Handles clicks on the plane's cells, and draws the field for a guess. To be called after the
// plane is drawn.
void explore_cells(const PanelContext& context, SweptPlane plane, const ui::HeatmapEvent& event);

}  // namespace convscope::panels
