#pragma once

#include <optional>

#include "app/program/document/document_actions.h"
#include "app/program/lesson/lectern.h"
#include "app/program/names.h"

namespace convscope::program {

// Returns how to open the lesson that follows the open one, if that is one of the program's and is
// at its last step; nullopt else, and at the end of the program's last lesson.
std::optional<OpenLesson> next_lesson(const Lectern& lectern);

}  // namespace convscope::program
