#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "app/files/names.h"

namespace convscope::files {

// What tells that a file was written anew.
struct FileStamp {
  std::filesystem::file_time_type written;
  std::uintmax_t bytes = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// Returns the stamp of a file; nullopt where there is none that can be read now.
std::optional<FileStamp> file_stamp(const std::filesystem::path& path);

}  // namespace convscope::files
