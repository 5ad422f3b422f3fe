#pragma once

#include <filesystem>
#include <stop_token>

#include "app/scene/scene.h"

namespace convscope {

struct PictureInput {
  InputScene input;
  bool over_white = false;  // parts of the picture are seen through, and were put on white
};

// A picture file as the input of a scene: read with `color` or as grey, scaled to `size` unless
// that is 0, its rows and columns swapped where it is to be `transposed` (`size` is that of the
// result). Throws Error and Cancelled as read_picture_file does.
PictureInput picture_input(const std::filesystem::path& path, bool color, Yx size, bool transposed,
                           const std::stop_token& stop = {});

}  // namespace convscope
