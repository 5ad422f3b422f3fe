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

// Returns what the open dialog lists: folders first, then pictures and scenes, each by name without
// regard to case. Hidden entries are left out. Throws Error where the folder can't be read.
std::vector<FolderEntry> list_folder(const std::filesystem::path& folder);

}  // namespace convscope::files
