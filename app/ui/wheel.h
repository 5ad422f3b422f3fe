#pragma once

#include <imgui.h>

#include "app/ui/names.h"
#include "app/ui/ui.h"

// Whose the wheel is. Notches without a pause, in one place, are a gesture. It belongs to the
// control under the pointer where it began, or to the page that scrolls: a control that comes under
// the pointer while the page scrolls is not turned.
namespace convscope::ui {

// Takes up the notches of this frame; before anything is drawn in it.
void follow_wheel(EditState& edit, float scale);

// Whether a gesture is under way. It ends without another event, by a pause.
bool wheel_turns(const EditState& edit, float scale);

// Offers the wheel to ImGui's last item, `id`, which then keeps it from scrolling what is around
// it. Returns the notches of this frame that are the item's.
float wheel_over(Ui& ui, ImGuiID id, bool hovered);
// The same in whole notches, for what goes on by steps: parts of a notch gather.
int wheel_steps_over(Ui& ui, ImGuiID id, bool hovered);

// Marks a change that the wheel makes; returns whether it goes on with the gesture's earlier ones.
bool wheel_continues(EditState& edit);

// Whether the wheel changes the number `id`: it was clicked, or Alt is held.
bool takes_wheel(const EditState& edit, ImGuiID id);

}  // namespace convscope::ui
