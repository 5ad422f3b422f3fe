#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Asks whether to save the changes of the scene, while it is `wanted`; enqueues the SaveAnswer.
void draw_save_question(const PanelContext& context, bool wanted);

}  // namespace convscope::panels
