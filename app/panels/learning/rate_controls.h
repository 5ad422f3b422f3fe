#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// The learning rate with the zones of what it will do, and the verdict on it.
void draw_rate(const PanelContext& context);
void draw_optimizer(const PanelContext& context);
// The fastest rate of plain gradient descent, by one click; nothing where it is not known.
void draw_best_rate(const PanelContext& context);

}  // namespace convscope::panels
