#pragma once

#include <span>

#include "app/panels/backward/backward_state.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Draws ∂L/∂P, where the way backward begins: a click puts the single 1 into a cell, or the brush
// paints. `shared` are the cards that share its place, or none.
void draw_pooled_gradient_panel(const PanelContext& context, const Rect& rect,
                                std::span<const Card> shared, BackwardState& state);

}  // namespace convscope::panels
