#pragma once

#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Returns the name of some work and the finished share (0 to 1) of it: "summing up: 42 %".
std::string share_text(const char* what, double share);

// Returns the text about long work for the card's title, empty if there is none. Progress of the
// analysis is only included in slow motion; otherwise draw_analysis draws it further down the card.
std::string work_text(const TrainingProgress& progress, bool slow_motion);

// Draws the button that cancels long work. Returns whether it was clicked.
bool draw_cancel_button(const PanelContext& context);

}  // namespace convscope::panels
