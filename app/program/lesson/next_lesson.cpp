#include "app/program/lesson/next_lesson.h"

#include <string>

#include "app/lesson/find_lesson.h"

namespace convscope::program {

std::optional<OpenLesson> next_lesson(const Lectern& lectern) {
  if (!lectern.open() || lectern.place().step + 1 < lectern.lesson().steps.size())
    return std::nullopt;
  const lesson::ShippedLesson* next = lesson::next_shipped(lectern.lesson());
  if (next == nullptr) return std::nullopt;
  return OpenLesson{.path = {}, .shipped = std::string(next->name)};
}

}  // namespace convscope::program
