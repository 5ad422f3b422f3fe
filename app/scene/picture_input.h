#pragma once

#include <filesystem>

#include "app/scene/scene.h"

namespace convscope {

// A picture file as the input of a scene: read with `color` or as grey, scaled to `size` unless
// that is 0, its rows and columns swapped where it is to be `transposed` (`size` is that of the
// result). Throws Error as load_picture does.
InputScene picture_input(const std::filesystem::path& path, bool color, Yx size, bool transposed);

}  // namespace convscope
