#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Draws the strip that explains the gradient of the cell that is pointed at: where it comes from,
// term by term.
void draw_backward_strip(const PanelContext& context, const Rect& rect);

}  // namespace convscope::panels
