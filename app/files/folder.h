#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/files/names.h"

namespace convscope::files {

struct FolderEntry {
  std::string name;
  std::filesystem::path path;
  bool is_folder = false;
};

// Returns what the open dialog lists: folders first, then pictures, scenes, lessons and arrays,
// each by name without regard to case. Hidden entries are left out. Throws Error where the folder
// can't be read.
std::vector<FolderEntry> list_folder(const std::filesystem::path& folder);

// Why a file can't be opened, as far as that is known without reading it: "there is no …". Empty
// where it can be tried.
std::string why_not_opened(const std::filesystem::path& file);
// Why nothing can be saved under this name, in the same way.
std::string why_not_saved(const std::filesystem::path& file);

}  // namespace convscope::files
