#pragma once

#include <cstdint>
#include <functional>

#include "app/program/lesson/asked_values.h"
#include "app/program/lesson/lectern.h"
#include "app/program/lesson/lesson_files.h"
#include "app/program/lesson/lesson_watch.h"
#include "app/program/names.h"

namespace convscope::program {

// The lesson that is open, and those that can be.
struct Lessons {
  explicit Lessons(const std::function<void()>& wake)
      : asked_values(wake), files(wake), watch(wake) {}
  Lectern lectern;
  AskedValues asked_values;
  LessonFiles files;
  LessonWatch watch;        // over the file of the open lesson
  std::uint64_t asked = 0;  // how often questions about a scene were made; chooses their cells
};

}  // namespace convscope::program
