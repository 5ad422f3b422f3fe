#include "app/program/lesson/lesson_files.h"

#include <algorithm>
#include <new>
#include <system_error>
#include <utility>

#include "app/files/kept_folder.h"
#include "app/files/lesson_name.h"
#include "app/files/memory_limit.h"
#include "app/lesson/read_lesson.h"
#include "app/lesson/shipped_lessons.h"
#include "engine/core/error.h"

namespace convscope::program {
namespace {

namespace fs = std::filesystem;

std::string name_of(const OpenLesson& wanted) {
  return wanted.path.empty() ? wanted.shipped : wanted.path.filename().string();
}

LessonPtr read_lesson(const OpenLesson& wanted) {
  if (!wanted.path.empty())
    return std::make_shared<const lesson::Lesson>(lesson::load_lesson(wanted.path));
  const auto shipped = lesson::shipped_lessons();
  const auto found =
      std::ranges::find(shipped, std::string_view(wanted.shipped), &lesson::ShippedLesson::name);
  if (found == shipped.end()) throw Error("there is no lesson \"" + wanted.shipped + "\"");
  return std::make_shared<const lesson::Lesson>(lesson::read_shipped(*found));
}

// A folder that can't be read has no lessons; the folder may come back.
OwnLessons lessons_in(const fs::path& folder) {
  OwnLessons own{folder, {}};
  if (folder.empty()) return own;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with('.') || name == "README.md" || !has_lesson_extension(it->path())) continue;
    own.files.push_back(it->path());
  }
  std::ranges::sort(own.files);
  if (own.files.size() > kMaxOwnLessons) own.files.resize(kMaxOwnLessons);
  return own;
}

fs::path folder_of(const fs::path& file) {
  std::error_code error;
  const fs::path whole = fs::absolute(file, error);
  return error ? fs::path() : whole.lexically_normal().parent_path();
}

std::optional<LoadedLesson> made(const lesson::QuestionSource& about, LoadedLesson loaded,
                                 const std::stop_token& stop) {
  loaded.asks = true;
  try {
    loaded.lesson = std::make_shared<const lesson::Lesson>(
        lesson::questions_about(about, {scene_memory_limit(), learning_memory_limit()}, stop));
  } catch (const Error& error) {
    loaded.error = error.what();
  } catch (const std::bad_alloc&) {
    loaded.error = "the questions need more memory than there is";
  }
  if (stop.stop_requested()) return std::nullopt;
  return loaded;
}

}  // namespace

std::optional<LoadedLesson> LessonFiles::read(const Request& request, const std::stop_token& stop) {
  LoadedLesson loaded;
  loaded.own = request.own;
  if (request.about) return made(*request.about, std::move(loaded), stop);
  if (!request.lesson) {
    loaded.own = lessons_in(kept_folder(request.settings));
    return loaded;
  }
  loaded.wanted = *request.lesson;
  try {
    loaded.lesson = read_lesson(*request.lesson);
    if (stop.stop_requested()) return std::nullopt;
    if (!request.lesson->path.empty()) {
      loaded.own = lessons_in(folder_of(request.lesson->path));
      if (loaded.own.folder != request.own.folder) keep_folder(request.settings, loaded.own.folder);
    }
  } catch (const Error& error) {
    loaded.error = error.what();
  } catch (const std::bad_alloc&) {
    loaded.error = "the lesson " + name_of(*request.lesson) + " needs more memory than there is";
  }
  return loaded;
}

LessonFiles::LessonFiles(std::function<void()> wake) : worker_(read, std::move(wake)) {}

void LessonFiles::remember_in(const fs::path& folder) {
  if (folder.empty()) return;
  settings_ = folder / "lessons.json";
  worker_.submit({std::nullopt, std::nullopt, own_, settings_});
}

void LessonFiles::open(const OpenLesson& wanted) {
  reading_ = name_of(wanted);
  worker_.submit({wanted, std::nullopt, own_, settings_});
}

void LessonFiles::ask(lesson::QuestionSource about) {
  reading_ = "the scene";
  worker_.submit({std::nullopt, std::move(about), own_, settings_});
}

std::optional<LoadedLesson> LessonFiles::take() {
  std::optional<LoadedLesson> loaded = worker_.take();
  if (!loaded) return std::nullopt;
  own_ = loaded->own;
  if (loaded->lesson != nullptr || !loaded->error.empty()) reading_.clear();
  return loaded;
}

void LessonFiles::cancel() {
  worker_.cancel();
  reading_.clear();
}

}  // namespace convscope::program
