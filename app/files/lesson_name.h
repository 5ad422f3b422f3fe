#pragma once

#include <filesystem>

#include "app/files/names.h"

namespace convscope::files {

// Returns whether the name is that of a lesson: it ends in ".md".
bool has_lesson_extension(const std::filesystem::path& path);

}  // namespace convscope::files
