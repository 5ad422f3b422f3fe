#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>

#include "app/files/file_stamp.h"
#include "app/program/lesson/lesson_actions.h"
#include "app/program/names.h"
#include "app/session/worker.h"

namespace convscope::program {

// Tells whether the file of the open lesson was written anew, as when its author edits it beside
// the window. It looks on a worker thread. All members are called from one thread.
class LessonWatch {
 public:
  // `wake` is called from the worker when the file has changed.
  explicit LessonWatch(const std::function<void()>& wake);

  // Follows the open lesson, which may be null; to be called in every frame. Looks at the file
  // about once a second; `now` is in seconds.
  void follow(const LessonPtr& lesson, double now);
  bool changed() const { return changed_; }
  // Looks at the file again at once, and blocks until that is done; follow() then takes it.
  void look_now();

 private:
  struct Request {
    LessonPtr lesson;
    bool changed = false;  // as is known
  };
  struct Seen {
    LessonPtr lesson;
    bool changed = false;
  };
  static std::optional<Seen> look(const Request& request, const std::stop_token& stop);

  LessonPtr lesson_;
  bool changed_ = false;
  double looked_ = 0.0;
  session::Worker<Request, Seen> worker_;
};

}  // namespace convscope::program
