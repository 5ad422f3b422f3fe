#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "app/lesson/names.h"
#include "app/lesson/shipped_lessons.h"

namespace convscope::lesson {

// Returns the shipped lesson that is meant: by its name "04-cross-correlation", its number "4", or
// a part of the name that no other has, "correlation". Throws Error with what would be accepted.
const ShippedLesson& find_shipped(std::string_view wanted);
// Returns the number of a step, from 0, that is meant by its number from 1, "3", or its title; the
// first one if `wanted` is empty. Throws Error with what would be accepted.
std::size_t find_step(const Lesson& lesson, std::string_view wanted);
// Returns the lesson that is taught after this one; null after the last, and for a lesson that is
// not one of the program's.
const ShippedLesson* next_shipped(const Lesson& lesson);
// Returns a lesson's name as lists show it: "04-cross-correlation" is "4  Cross correlation".
std::string shown_name(std::string_view name);

}  // namespace convscope::lesson
