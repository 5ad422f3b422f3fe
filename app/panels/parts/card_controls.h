#pragma once

#include "app/panels/names.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// Returns the height that is left above a card's controls, which were `controls` high in the last
// frame.
float height_above(const ui::Ui& ui, float controls);
// Begins the controls at the bottom of a card, which were `controls` high in the last frame.
// ui::flow puts them in rows.
void begin_controls(const ui::Ui& ui, float controls);
// Ends the controls. Returns their height, for the next frame.
float end_controls(const ui::Ui& ui, float controls);

}  // namespace convscope::panels
