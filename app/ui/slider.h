#pragma once

#include "app/ui/ui.h"
#include "engine/core/tensor.h"

namespace convscope::ui {

// A track with a knob for one of the whole numbers 0 to count - 1: drag or click it, or scroll it
// by ones. `width` is in pixels. True when `value` changed. Registers `name`.
bool slider(Ui& ui, const char* name, Index& value, Index count, float width);

}  // namespace convscope::ui
