#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

// The controls of a stack of pictures.
namespace convscope::panels {

// Draws "‹ picture 3 of 32 ›", which flows with the other controls; nothing if there is only one
// picture. Registers `name`/previous and `name`/next.
void draw_picture_stepper(const PanelContext& context, const std::string& name);

// Draws the controls that choose, add and remove pictures or replace the whole stack.
void draw_stack_controls(const PanelContext& context);

}  // namespace convscope::panels
