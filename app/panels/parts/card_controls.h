#pragma once

#include "app/panels/names.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// The height for what stands above a card's controls, which were `controls` high in the last frame.
float height_above(const ui::Ui& ui, float controls);
// Begins the controls at the bottom of a card; `flow` puts them in rows. end_controls gives their
// height for the next frame.
void begin_controls(const ui::Ui& ui, float controls);
float end_controls(const ui::Ui& ui, float controls);

}  // namespace convscope::panels
