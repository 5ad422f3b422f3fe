#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/lesson/names.h"
#include "app/scene/scene.h"

namespace convscope::lesson {

// The JSON of a step's scene, and where its relative paths begin.
struct SceneSource {
  std::string json;
  std::filesystem::path folder;
};

// Returns the source of the scene with which the program opens.
SceneSource default_source(const std::filesystem::path& folder);

// Reads a `scene` block, the first line of which is line `line` of the file: a scene's JSON, the
// name of a shipped scene, a path to a scene's file from `folder`, or "same" and below it the
// members that differ from the scene before, as a JSON merge patch (RFC 7386). Throws LineError.
SceneSource read_scene_block(std::string_view text, int line, const SceneSource& before,
                             const std::filesystem::path& folder);

// Returns the source with what differs. Throws LineError.
SceneSource patched(const SceneSource& before, std::string_view patch, int line);

// Returns the scene. If it has the same input as the one before, `shared` is that one, whose values
// it takes, so that nothing is computed anew. Throws Error as parse_scene does.
Scene scene_of(const SceneSource& source, const SceneSource& before, const Scene* shared);

}  // namespace convscope::lesson
