#pragma once

#include <string_view>

#include "app/ui/names.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// Seconds for which the pointer must rest on a control.
inline constexpr double kTooltipDelay = 0.5;

// Shows a tooltip for the last item when the pointer has rested on it, until it leaves it; but not
// where it was just clicked, nor where tooltips are turned off. Registers "tooltip".
void tooltip(Ui& ui, std::string_view text);
// Draws a tooltip at the pointer, and registers "tooltip".
void draw_tooltip(Ui& ui, std::string_view text);
// Returns whether the tooltip of the item in this rectangle, which the pointer is over, is to be
// drawn now.
bool tooltip_due(Ui& ui, ImVec2 min, ImVec2 max);
// Follows the pointer; call before a frame is drawn.
void follow_tips(EditState& edit, bool on);
// Returns whether a tooltip appears without another event, so that frames must be drawn.
bool tooltip_waits(const EditState& edit);
// Returns whether the pointer is still where the left button was last pressed.
bool was_just_clicked(Ui& ui);

}  // namespace convscope::ui
