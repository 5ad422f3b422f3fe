#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace convscope {

// What the program saves: "scene", with a tensor beside it, "array" and "picture".
// Writes one whose content tells which of them it is: 1 or 2. Throws Error.
void save_kind(const std::string& kind, const std::filesystem::path& path, int which);

// Which of them is in the file; throws Error, or gives 0, where it is neither of them as a whole.
int saved_kind(const std::string& kind, const std::filesystem::path& path);

// The names that a folder has which holds this one and nothing else, sorted.
std::vector<std::string> names_of_kind(const std::string& kind, const std::filesystem::path& path,
                                       int which);

}  // namespace convscope
