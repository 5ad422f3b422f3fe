#pragma once

#include <string_view>
#include <vector>

#include "app/lesson/control.h"
#include "app/lesson/names.h"

// The table of controls, whose rows stand in layer_controls.cpp and learning_controls.cpp.
namespace convscope::lesson {

// Returns all controls in their order. They exist as long as the program.
std::vector<const ControlWord*> control_words();

// Returns the control of this name; null if there is none.
const ControlWord* find_control_word(std::string_view name);

}  // namespace convscope::lesson
