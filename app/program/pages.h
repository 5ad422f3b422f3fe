#pragma once

#include "app/panels/panel_states.h"
#include "app/panels/parts/context.h"
#include "app/program/names.h"

namespace convscope::program {

// Begins ImGui's window that covers the whole window of the program; ImGui::End() ends it.
void begin_content();
// What the cards of the Kernel page are of. `none` stands for the exploring where there is none, as
// on the Layers page.
ShownLayer first_shown_layer(const Document& document, const Live& live, View& view, Explore& none);
// Draws the page that is shown, its cards where the window has room for them; it scrolls where the
// window is too small.
void draw_page(const PanelContext& context, PanelStates& panels);

}  // namespace convscope::program
