#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/session/names.h"

namespace convscope::session {

// The kinds of files that the program saves: "scene" (with a tensor beside it), "array" and
// "picture".
//
// Writes version 1 or 2 of a kind, which can be told apart by their content. Throws Error.
void save_kind(const std::string& kind, const std::filesystem::path& path, int which);

// Returns which version is in the file. Throws Error or returns 0 if it is neither of them,
// complete.
int saved_kind(const std::string& kind, const std::filesystem::path& path);

// Returns the sorted names in a folder that holds this version and nothing else.
std::vector<std::string> names_of_kind(const std::string& kind, const std::filesystem::path& path,
                                       int which);

}  // namespace convscope::session
