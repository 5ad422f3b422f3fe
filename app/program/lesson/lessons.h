#pragma once

#include <cstdint>
#include <functional>
#include <utility>

#include "app/program/lesson/lectern.h"
#include "app/program/lesson/lesson_files.h"
#include "app/program/names.h"

namespace convscope::program {

// The lesson that is open, and those that can be.
struct Lessons {
  explicit Lessons(std::function<void()> wake) : files(std::move(wake)) {}
  Lectern lectern;
  LessonFiles files;
  std::uint64_t asked = 0;  // how often questions about a scene were made; chooses their cells
};

}  // namespace convscope::program
