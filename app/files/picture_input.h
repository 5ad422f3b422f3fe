#pragma once

#include <filesystem>
#include <stop_token>

#include "app/files/names.h"
#include "app/scene/scene.h"

namespace convscope::files {

struct PictureInput {
  InputScene input;
  bool over_white = false;  // whether the picture is partly transparent and was put on white
};

// Reads a picture file as the input of a scene: in colour or grey, resampled to `size` unless that
// is 0, with rows and columns swapped if `transposed` (`size` is that of the result). Throws Error
// and Cancelled as read_picture_file does.
PictureInput picture_input(const std::filesystem::path& path, bool color, Yx size, bool transposed,
                           const std::stop_token& stop = {});

}  // namespace convscope::files
