#pragma once

#include <string_view>

#include "app/lesson/names.h"
#include "app/lesson/shipped_lessons.h"

namespace convscope::lesson {

// Returns the shipped lesson that is meant: by its name "04-cross-correlation", its number "4", or
// a part of the name that no other has, "correlation". Throws Error with what would be accepted.
const ShippedLesson& find_shipped(std::string_view wanted);

}  // namespace convscope::lesson
