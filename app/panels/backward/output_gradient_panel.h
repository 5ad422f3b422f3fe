#pragma once

#include <span>

#include "app/panels/backward/backward_state.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Draws ∂L/∂Y, as it is or with the zeros that the stride puts between its cells. Cells where ReLU
// lets nothing through are masked. `shared` are the cards that share its place, or none.
void draw_output_gradient_panel(const PanelContext& context, const Rect& rect,
                                std::span<const Card> shared, BackwardState& state);

}  // namespace convscope::panels
