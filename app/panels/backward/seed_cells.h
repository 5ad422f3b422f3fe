#pragma once

#include <string>

#include "app/panels/backward/backward_state.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/ui/heatmap_view.h"

// The plane in which the gradient begins, on whichever card it is: a click puts the 1 into a cell,
// or the brush paints the picture of gradients.
namespace convscope::panels {

// Returns what the gradient begins with: "a single 1: L is this cell", "drawn: L = Σ G · P".
std::string seed_text(const PanelContext& context);

// Lets the heatmap of the plane, of the shape `plane`, be painted, or shows which cell has the 1.
void prepare_seed(const PanelContext& context, const Shape& plane, ui::HeatmapArgs& args,
                  BackwardState& state);
// Carries out what the pointer did on it.
void take_seed(const PanelContext& context, const Shape& plane, const ui::HeatmapArgs& args,
               const ui::HeatmapEvent& event, BackwardState& state);

}  // namespace convscope::panels
