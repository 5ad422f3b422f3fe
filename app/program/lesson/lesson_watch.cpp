#include "app/program/lesson/lesson_watch.h"

#include <utility>

namespace convscope::program {
namespace {

constexpr double kEvery = 1.0;  // seconds

bool is_from_a_file(const LessonPtr& lesson) {
  return lesson != nullptr && !lesson->file.empty() && lesson->stamp;
}

}  // namespace

// A file that is away for a moment, as while an editor replaces it, has not changed. There is a
// result, which wakes the window, only where something else is known than before.
std::optional<LessonWatch::Seen> LessonWatch::look(const Request& request, const std::stop_token&) {
  const std::optional<FileStamp> now = file_stamp(request.lesson->file);
  if (!now) return std::nullopt;
  const Seen seen{request.lesson, now != request.lesson->stamp};
  return seen.changed == request.changed ? std::nullopt : std::optional(seen);
}

LessonWatch::LessonWatch(const std::function<void()>& wake) : worker_(look, wake) {}

void LessonWatch::follow(const LessonPtr& lesson, double now) {
  if (lesson != lesson_) {
    worker_.cancel();
    lesson_ = lesson;
    changed_ = false;
    looked_ = now;
  }
  if (const std::optional<Seen> seen = worker_.take(); seen && seen->lesson == lesson_)
    changed_ = seen->changed;
  if (!is_from_a_file(lesson_) || (now >= looked_ && now < looked_ + kEvery)) return;
  looked_ = now;
  worker_.submit({lesson_, changed_});
}

void LessonWatch::look_now() {
  if (is_from_a_file(lesson_)) worker_.submit({lesson_, changed_});
  worker_.wait();
}

}  // namespace convscope::program
