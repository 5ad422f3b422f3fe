#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/files/names.h"
#include "app/files/write_file.h"
#include "app/scene/scene.h"

// Reads and writes scenes as JSON files. Small tensors are rows of numbers, patterns are name, size
// and seed, and pictures are paths (relative to the scene's folder if they lie below it). A tensor
// of more than 65 536 values is in a .npy file beside the scene (tensor_files.h), written as
// {"file": "s.input.0123456789abcdef.npy", "shape": [1, 1, 300, 301], "checksum":
// "0123456789abcdef"}, where only "file" is required. For example,
//
//   {"format": "convscope-scene", "version": 1,
//    "input": {"pattern": "edge", "size": [6, 8]},
//    "kernel": {"weight": [[1, -1]]}}
//
// is the scene with which the program opens; members that are left out have their defaults.
namespace convscope::files {

inline constexpr std::uintmax_t kMaxSceneBytes = std::uintmax_t{64} << 20;  // of its JSON

// Returns whether the name ends in ".json".
bool has_scene_extension(const std::filesystem::path& path);

// Loads a scene. Throws Error, with the file, the position in it, the value there and what would be
// accepted, where the file is missing or is not JSON or not a scene; where a key is unknown, since
// it may be a typing error; where the parts don't fit together; and where a picture or .npy file
// that it refers to can't be read.
Scene load_scene(const std::filesystem::path& path);
// Does the same; returns nullopt if stopped. That is checked before each value of the JSON and
// while a picture is read.
std::optional<Scene> load_scene(const std::filesystem::path& path, const std::stop_token& stop);

// Parses the text of a scene file. Relative paths in it begin at `folder`. Throws Error as
// load_scene does, but without the file's name.
Scene parse_scene(std::string_view text, const std::filesystem::path& folder);

// Does the same for a text that must refer to no file, as it may come from anybody.
Scene parse_whole_scene(std::string_view text);

// Throws Error where a layer does not fit to an input of so many channels, or its parts to each
// other. `place` stands before the part that the message names. Returns the channels that it gives.
Index require_layer_fits(const ConvolutionLayer& layer, Index channels, const std::string& place);

// Saves a scene as a single step: whatever the scene consists of and whatever ends the program, a
// reader finds either the old scene or the new one, complete. Only files that belong to the scene
// are replaced or removed. Throws Error where it can't be written; nothing has changed then.
void save_scene(const Scene& scene, const std::filesystem::path& path,
                const WriteOptions& options = {});

// Returns the text that save_scene writes for this path.
std::string scene_text(const Scene& scene, const std::filesystem::path& path);

// Returns the text with every value in it and no file beside it. Throws Error, with the member at
// which it is too large, for more than 65 536 values of tensors.
std::string whole_scene_text(const Scene& scene);

}  // namespace convscope::files
