#pragma once

#include <functional>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// The controls of the output card: `settings` draws its other ones, whose place the track takes
// while the output is swept in a card that is not high.
void draw_output_controls(const PanelContext& context, const Rect& card,
                          const std::function<void()>& settings);
// The same for the pooled plane; its switch is in the card's upper right corner.
void draw_pooled_controls(const PanelContext& context, const Rect& card,
                          const std::function<void()>& settings);
void draw_pooled_switch(const PanelContext& context);
float pooled_switch_width(const ui::Ui& ui);

// What is shown of the plane `args` is filled for, and which of its cells is selected.
void show_explored(const PanelContext& context, SweptPlane plane, ui::HeatmapArgs& args);

// After the plane is drawn: clicks on its cells, and the field for a guess.
void explore_cells(const PanelContext& context, SweptPlane plane, const ui::HeatmapEvent& event);

}  // namespace convscope::panels
