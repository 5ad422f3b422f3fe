#include "app/cli/scene_argument.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "app/cli/lesson_place.h"
#include "app/cli/usage_error.h"
#include "app/files/examples.h"
#include "app/files/lesson_name.h"
#include "app/files/scene_address.h"
#include "app/files/scene_file.h"
#include "app/lesson/find_lesson.h"
#include "app/lesson/read_lesson.h"
#include "app/lesson/shipped_lessons.h"

namespace convscope::cli {
namespace {

const lesson::ShippedLesson* shipped_lesson(std::string_view name) {
  const auto shipped = lesson::shipped_lessons();
  const auto found = std::ranges::find(shipped, name, &lesson::ShippedLesson::name);
  return found == shipped.end() ? nullptr : &*found;
}

const Example* shipped_scene(std::string_view name) {
  const auto shipped = examples();
  const auto found = std::ranges::find(shipped, name, &Example::name);
  return found == shipped.end() ? nullptr : &*found;
}

SceneArgument of_step(const lesson::Lesson& lesson, const std::string& step) {
  const lesson::Step& found =
      lesson.steps[as_usage([&] { return lesson::find_step(lesson, step); })];
  return {found.scene, found.show.steps, found.show.shown, found.show.dimmed};
}

}  // namespace

SceneArgument read_scene_argument(const std::string& text) {
  if (const auto address = find_address(text)) return {read_address(*address), {}};
  std::error_code ignored;
  const auto [file, step] = lesson_place(text);
  const bool there = std::filesystem::exists(file, ignored);
  if (has_lesson_extension(file)) return of_step(lesson::load_lesson(file), step);
  if (const auto* shipped = shipped_lesson(file); shipped != nullptr && !there)
    return of_step(lesson::read_shipped(*shipped), step);
  if (!step.empty())
    throw UsageError("\"" + text + "\" names a step, but \"" + file +
                     "\" is no lesson (.md) and no name of a shipped one");
  if (const Example* shipped = shipped_scene(file); shipped != nullptr && !there)
    return {example_scene(*shipped), {}};
  if (!has_scene_extension(file)) {
    std::string names;
    for (const Example& example : examples())
      names += ", " + std::string(example.name);
    throw UsageError("\"" + file +
                     "\" is no scene; give a scene file (.json), the address of a scene, a lesson "
                     "(.md) or one of" +
                     names.substr(1));
  }
  return {load_scene(file), {}};
}

}  // namespace convscope::cli
