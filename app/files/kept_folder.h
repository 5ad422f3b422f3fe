#pragma once

#include <filesystem>

#include "app/files/names.h"

// The small settings file that keeps the folder of one's own lessons: {"folder": "…"}.
namespace convscope::files {

// Returns the folder that is kept in the file; empty where there is none, or the file is damaged.
std::filesystem::path kept_folder(const std::filesystem::path& file);

// Keeps the folder, whole or not at all. Not being able to is no error: the folder is then chosen
// again in the next run. An empty `file` keeps nothing.
void keep_folder(const std::filesystem::path& file, const std::filesystem::path& folder);

}  // namespace convscope::files
