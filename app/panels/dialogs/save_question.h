#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws the question whether to save the scene's changes while it is `wanted`, and enqueues the
// user's SaveAnswer.
void draw_save_question(const PanelContext& context, bool wanted);

}  // namespace convscope::panels
