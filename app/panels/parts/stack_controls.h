#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

// Controls of a stack of pictures.
namespace convscope::panels {

// "‹ picture 3 of 32 ›", which flows with the other controls; nothing for one picture. `name`
// begins the names of its items.
void draw_picture_stepper(const PanelContext& context, const std::string& name);

// What is added to the stack, taken away, or put in its place.
void draw_stack_controls(const PanelContext& context);

}  // namespace convscope::panels
