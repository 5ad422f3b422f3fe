#include "app/cli/scene_argument.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <string_view>

#include "app/cli/usage_error.h"
#include "app/files/examples.h"
#include "app/files/lesson_name.h"
#include "app/files/scene_file.h"
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

// Finds a step by its number, from 1, or by its title.
const lesson::Step& step_of(const lesson::Lesson& lesson, const std::string& step) {
  if (step.empty()) return lesson.steps.front();
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), number);
  const bool numbered = error == std::errc() && end == step.data() + step.size();
  if (numbered && number >= 1 && number <= lesson.steps.size()) return lesson.steps[number - 1];
  const auto titled = std::ranges::find(lesson.steps, step, &lesson::Step::title);
  if (titled != lesson.steps.end()) return *titled;
  throw UsageError("the lesson \"" + lesson.name + "\" has no step \"" + step +
                   "\"; it must be a number from 1 to " + std::to_string(lesson.steps.size()) +
                   " or the step's title");
}

SceneArgument of_step(const lesson::Lesson& lesson, const std::string& step) {
  const lesson::Step& found = step_of(lesson, step);
  return {found.scene, found.show.steps};
}

}  // namespace

SceneArgument read_scene_argument(const std::string& text) {
  std::error_code ignored;
  const bool whole = std::filesystem::exists(text, ignored);
  const std::size_t hash = whole ? std::string::npos : text.find('#');
  const std::string file = text.substr(0, hash);
  const std::string step = hash == std::string::npos ? "" : text.substr(hash + 1);
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
                     "\" is no scene; give a scene file (.json), a lesson (.md) or one of" +
                     names.substr(1));
  }
  return {load_scene(file), {}};
}

}  // namespace convscope::cli
