#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/names.h"
#include "app/scene/scene.h"

namespace convscope::cli {

// A scene that a command was given.
struct SceneArgument {
  Scene scene;
  std::optional<Index> steps;  // of learning that a step of a lesson shows
  // The cards that such a step names: those that are shown (without any all are), and those that
  // are held back.
  std::vector<std::string> shown = {}, dimmed = {};
};

// Reads a scene file (.json), the address of a scene, the shipped scene of this name, or a step of
// a lesson: "LESSON.md", "LESSON.md#3" or "LESSON.md#its title", where LESSON.md may also be the
// name of a shipped lesson. Throws Error where it can't be read, and UsageError where the lesson
// has no such step.
SceneArgument read_scene_argument(const std::string& text);

}  // namespace convscope::cli
