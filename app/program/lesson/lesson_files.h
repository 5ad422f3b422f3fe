#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/lesson/scene_questions.h"
#include "app/program/document/document_actions.h"
#include "app/program/lesson/lesson_actions.h"
#include "app/program/names.h"
#include "app/session/worker.h"

namespace convscope::program {

// The lessons in the folder that one was opened from last.
struct OwnLessons {
  std::filesystem::path folder;              // empty for none
  std::vector<std::filesystem::path> files;  // by name, at most kMaxOwnLessons
};
inline constexpr std::size_t kMaxOwnLessons = 200;

// A lesson that was read or made, or why it can't be.
struct LoadedLesson {
  OpenLesson wanted;
  bool asks = false;  // whether it was to ask about a scene
  LessonPtr lesson;   // null where it can't be read, or where only the folder was looked through
  std::string error;  // one sentence without its full stop; else empty
  OwnLessons own;
};

// Reads lessons, and makes those that ask about a scene, on a worker thread, and remembers the
// folder of one's own. A new request replaces the one before. All members are called from one
// thread.
class LessonFiles {
 public:
  // `wake` is called from the worker when a lesson has been read.
  explicit LessonFiles(std::function<void()> wake);

  // From now on keeps the folder of the lesson opened last in a file of `folder`, and takes up the
  // one that is kept there. Without this call none is kept.
  void remember_in(const std::filesystem::path& folder);
  void open(const OpenLesson& wanted);
  void ask(lesson::QuestionSource about);
  // Returns a lesson that has been read, once.
  std::optional<LoadedLesson> take();
  const OwnLessons& own() const { return own_; }
  // Returns the name of the lesson that is being read; empty if there is none.
  const std::string& reading() const { return reading_; }
  void cancel();
  // Blocks until the lesson is read; take() then returns it.
  void wait() { worker_.wait(); }

 private:
  struct Request {
    std::optional<OpenLesson> lesson;
    std::optional<lesson::QuestionSource> about;  // without both: look through the folder alone
    OwnLessons own;
    std::filesystem::path settings;  // the file that keeps the folder; empty for none
  };
  static std::optional<LoadedLesson> read(const Request& request, const std::stop_token& stop);

  std::string reading_;
  std::filesystem::path settings_;
  OwnLessons own_;
  session::Worker<Request, LoadedLesson> worker_;
};

}  // namespace convscope::program
