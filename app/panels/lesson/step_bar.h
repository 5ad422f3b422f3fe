#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// The bar below a lesson's text: back, a dot for each step, on. Above these stand, when there is a
// reason, how to have the step as its author left it, and the score.
float step_bar_height(const PanelContext& context);
void draw_step_bar(const PanelContext& context, const Rect& rect);

}  // namespace convscope::panels
