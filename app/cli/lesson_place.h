#pragma once

#include <string>

#include "app/cli/names.h"

namespace convscope::cli {

// A lesson and one of its steps as they were given.
struct LessonPlace {
  std::string lesson;  // a file, or the name of a shipped lesson
  std::string step;    // its number from 1 or its title; empty if not given
};

// Takes "LESSON.md#3" or "LESSON.md#its title" apart. A file that is really named so is given back
// whole.
LessonPlace lesson_place(const std::string& text);

}  // namespace convscope::cli
