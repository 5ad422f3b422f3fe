#pragma once

#include <string>
#include <vector>

#include "app/lesson/lesson.h"
#include "app/lesson/names.h"
#include "app/lesson/step_values.h"

namespace convscope::lesson {

// A number that is accepted as an answer and is not said to be the value of anything, so that it is
// compared with nothing.
struct UncheckedAnswer {
  int line = 0;
  std::string suggested;  // how it could be written: "output.rows = 4"
};

// What a lesson states, compared with what the engine computes.
struct LessonCheck {
  std::size_t stated = 0;  // values that are stated, answers of predictions among them
  std::size_t steps = 0;   // steps that state something
  std::vector<UncheckedAnswer> unchecked;
  std::vector<std::string> failures;  // one sentence for each that doesn't hold, with its place
};

// Evaluates every step as its author left it and compares every stated value. Live text without a
// value is a failure too, and so are cells that are pointed at and not there, and a block that
// looks like a question and has another name.
LessonCheck check_lesson(const Lesson& lesson, const StepLimits& limits = {});

}  // namespace convscope::lesson
