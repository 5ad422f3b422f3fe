#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws the slider of the learning rate, with the zones where the optimizer converges,
// oscillates and diverges, and a verdict on the current rate.
void draw_rate(const PanelContext& context);
// Whether the optimizer has a β to be set.
bool has_momentum(const PanelContext& context);
// Draws the list of optimizers, and β beside it.
void draw_optimizer(const PanelContext& context);
// Draws the button that sets the fastest rate. Draws nothing where that rate is not known, or where
// there is no room.
void draw_best_rate(const PanelContext& context);

}  // namespace convscope::panels
