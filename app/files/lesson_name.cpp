#include "app/files/lesson_name.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace convscope::files {

bool has_lesson_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".md";
}

}  // namespace convscope::files
