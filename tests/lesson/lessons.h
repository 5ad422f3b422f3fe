#pragma once

#include <gmock/gmock.h>

#include <string>
#include <string_view>

#include "app/lesson/check_lesson.h"
#include "app/lesson/read_lesson.h"
#include "tests/error_text.h"

namespace convscope::lesson {

// A lesson of one step with the notebook's first sum and this text.
inline std::string first_sum(std::string_view text) {
  return "# Sums\n\n## One\n\n```scene\nfirst-sum\n```\n\n" + std::string(text) + "\n";
}

inline Lesson lesson_of(std::string_view text) {
  return parse_lesson(text, "a.md", {});
}

// Returns what is wrong with a lesson, "no error" if nothing is.
inline std::string lesson_error(std::string_view text) {
  return error_text([&] { lesson_of(text); });
}

}  // namespace convscope::lesson
