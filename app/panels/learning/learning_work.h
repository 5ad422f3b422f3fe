#pragma once

#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// "summing up: 42 %"
std::string share_text(const char* what, double share);

// What the title tells of work that takes long; empty for none. The analysis has a line below where
// there is room for one, which slow motion takes.
std::string work_text(const TrainingProgress& progress, bool slow_motion);

// True where the user wants to do without what takes long.
bool draw_cancel_button(const PanelContext& context);

}  // namespace convscope::panels
