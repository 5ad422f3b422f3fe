#pragma once

#include "app/ui/names.h"
#include "app/ui/ui.h"
#include "engine/core/tensor.h"

namespace convscope::ui {

// Draws a track with a knob for one of the whole numbers 0 to count - 1: drag or click it, and
// scroll it then. `width` is in pixels. Returns whether `value` changed. Registers `name`.
bool slider(Ui& ui, const char* name, Index& value, Index count, float width);

}  // namespace convscope::ui
