#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/files/names.h"
#include "engine/core/tensor.h"

// What a scene's tensors may be, and those that stand in a file beside it.
namespace convscope::files {

inline constexpr Index kMaxFileFilters = 4096;  // on each of the first two axes of a weight

// A tensor's file as a scene names it, with what it was when the scene was saved, as far as the
// scene says that.
struct SceneTensorFile {
  std::filesystem::path path;
  std::optional<Shape> shape;
  std::optional<std::string> checksum;
};

// Reads it. `place` is the member of the scene, for messages. Throws Error for too many values, for
// values that float32 can't hold, and for others than the scene was saved with.
Tensor read_scene_tensor(const SceneTensorFile& file, const std::string& place);

// Throws Error if a scene can't have an input or a target of this shape.
void require_input(const Shape& shape, const std::string& place);

}  // namespace convscope::files
