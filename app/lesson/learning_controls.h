#pragma once

#include <span>

#include "app/lesson/control.h"
#include "app/lesson/names.h"

namespace convscope::lesson {

// Returns the controls of the learning, of which there is one.
std::span<const ControlWord> learning_controls();

}  // namespace convscope::lesson
