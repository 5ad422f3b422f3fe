#pragma once

#include <filesystem>

namespace convscope {

// From the root on, and without "." and "..". Throws Error for a relative path where the folder
// that the program was started in is no longer there.
std::filesystem::path whole_path(const std::filesystem::path& path);

// The same for a message: such a path as it is.
std::filesystem::path shown_path(const std::filesystem::path& path);

}  // namespace convscope
