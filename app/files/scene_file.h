#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/files/write_file.h"
#include "app/scene/scene.h"

// Scenes as JSON files. Small tensors stand in them as rows of numbers, patterns as name, size and
// seed, pictures as a path (relative to the scene's folder where they are below it); a tensor of
// more than 65 536 values stands beside the scene in a .npy file (tensor_files.h), as
// {"file": "s.input.0123456789abcdef.npy", "shape": [1, 1, 300, 301], "checksum":
// "0123456789abcdef"}, of which only the first must be there.
//
//   {"format": "convscope-scene", "version": 1,
//    "input": {"pattern": "edge", "size": [6, 8]},
//    "kernel": {"weight": [[1, -1]]}}
//
// is the scene with which the program opens: what is left out has its default.
namespace convscope {

// Whether the name ends in ".json".
bool has_scene_extension(const std::filesystem::path& path);

// Throws Error, with the file, the place in it, the value there and what would be accepted, where
// the file is missing, no JSON, or no scene; where a key is unknown, which may be a slip; where the
// parts don't fit together; and where a picture or .npy file that it names can't be read.
Scene load_scene(const std::filesystem::path& path);
// The same. Nothing where it was stopped, which is looked at before each value of the JSON and also
// ends the reading of a picture.
std::optional<Scene> load_scene(const std::filesystem::path& path, const std::stop_token& stop);

// The scene that `text` holds, as the file has it; relative paths in it begin at `folder`. Throws
// Error as load_scene does, but without the file's name.
Scene parse_scene(std::string_view text, const std::filesystem::path& folder);

// One act, whatever the scene consists of and whatever ends the program: a reader finds the old
// scene or the new one, whole. Only files of its own are replaced or removed. Throws Error where it
// can't be written; then all is as it was.
void save_scene(const Scene& scene, const std::filesystem::path& path,
                const WriteOptions& options = {});

// What save_scene writes into the file of that path.
std::string scene_text(const Scene& scene, const std::filesystem::path& path);

}  // namespace convscope
