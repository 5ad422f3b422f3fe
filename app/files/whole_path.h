#pragma once

#include <filesystem>

#include "app/files/names.h"

namespace convscope::files {

// Returns the absolute path, without "." and "..". Throws Error for a relative path if the folder
// that the program was started in no longer exists.
std::filesystem::path whole_path(const std::filesystem::path& path);

// Does the same for a message, where such a path is left as it is.
std::filesystem::path shown_path(const std::filesystem::path& path);

}  // namespace convscope::files
