#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// The learned kernel beside its gradient, or beside the exact answer.
struct LearnedPanelState {
  bool exact = false;  // the exact answer instead of the gradient
};

void draw_learned_panel(const PanelContext& context, const Rect& rect, LearnedPanelState& state);

}  // namespace convscope::panels
