#pragma once

#include "app/panels/panel_states.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// Takes the brush of the card under the pointer, or lays it down. Says why where the scene's input
// has too many cells to be painted.
void toggle_brush(const Scene& scene, PanelStates& panels, View& view);

// Lays the brushes of the page down. Returns whether one was in hand.
bool lay_brush_down(PanelStates& panels, const View& view);

}  // namespace convscope::program
