#pragma once

#include <span>

#include "app/lesson/control.h"
#include "app/lesson/names.h"

namespace convscope::lesson {

// Returns the controls of the layers and of the input.
std::span<const ControlWord> layer_controls();

}  // namespace convscope::lesson
