#pragma once

#include "app/panels/panel_states.h"
#include "app/panels/parts/context.h"
#include "app/program/names.h"

namespace convscope::program {

// Begins the ImGui window that covers the program's whole window; ImGui::End() ends it.
void begin_content();
// Returns the first layer, which the cards of the Kernel page show. On the Layers page nothing is
// explored, and the result refers to `no_explore` instead of the view's explored cells.
ShownLayer first_shown_layer(const Document& document, const Live& live, View& view,
                             Explore& no_explore);
// Draws the chosen page. Its cards are laid out for the size of the window; the page scrolls if
// they don't fit.
void draw_page(const PanelContext& context, PanelStates& panels);
// Draws the open lesson beside the page, or in its place where the window is narrow.
void draw_lesson(const PanelContext& context, PanelStates& panels);

}  // namespace convscope::program
