#pragma once

#include <filesystem>

namespace convscope {

// Throws Error where `path` is a name of one of the program's own streams ("/dev/stdout",
// "/dev/fd/3", "-") or another of the system's, also by symbolic links. Outputs appear whole in
// place of what had their name: of the file that a stream is appended to, nothing would be left.
void require_file_target(const std::filesystem::path& path);

}  // namespace convscope
