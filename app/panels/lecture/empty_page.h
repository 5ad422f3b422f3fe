#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Says in the middle of a presented page on which all cards are hidden how they come back.
void draw_empty_page(const PanelContext& context);

}  // namespace convscope::panels
