#pragma once

#include <filesystem>

#include "app/files/names.h"

namespace convscope::files {

// Throws Error if `path` names one of the program's own streams ("/dev/stdout", "/dev/fd/3", "-")
// or another device, also through symbolic links. Outputs replace the file of their name as a
// whole, so a file that a stream appends to would be lost.
void require_file_target(const std::filesystem::path& path);

}  // namespace convscope::files
