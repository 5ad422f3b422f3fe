#pragma once

#include <string>
#include <vector>

#include "app/lesson/lesson.h"
#include "app/lesson/names.h"
#include "app/lesson/step_values.h"

namespace convscope::lesson {

// What a lesson states, compared with what the engine computes.
struct LessonCheck {
  std::size_t stated = 0;             // values that are stated, answers of predictions among them
  std::size_t steps = 0;              // steps that state something
  std::vector<std::string> failures;  // one sentence for each that doesn't hold, with its place
};

// Evaluates every step as its author left it and compares every stated value. Live text without a
// value is a failure too.
LessonCheck check_lesson(const Lesson& lesson, const StepLimits& limits = {});

}  // namespace convscope::lesson
