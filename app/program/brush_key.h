#pragma once

#include "app/panels/panel_states.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// Takes the brush of the card under the pointer, or lays it down. Says why where the scene's input
// has too many cells to be painted.
void toggle_brush(const Scene& scene, PanelStates& panels, View& view);

// Lays the brushes of the page down if Escape is pressed and nothing lies above the page, such as a
// popup or a field that is typed in. Returns whether it did, as the key does nothing else then.
bool lay_brush_down(PanelStates& panels, const View& view);

}  // namespace convscope::program
