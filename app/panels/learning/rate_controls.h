#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws the slider of the learning rate, with the zones where plain gradient descent converges,
// oscillates and diverges, and a verdict on the current rate.
void draw_rate(const PanelContext& context);
// Draws the list of optimizers.
void draw_optimizer(const PanelContext& context);
// Draws the button that sets the fastest rate of plain gradient descent. Draws nothing where that
// rate is not known.
void draw_best_rate(const PanelContext& context);

}  // namespace convscope::panels
