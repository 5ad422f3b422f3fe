#include "app/cli/lesson_place.h"

#include <filesystem>
#include <system_error>

#include "app/files/lesson_name.h"

namespace convscope::cli {

LessonPlace lesson_place(const std::string& text) {
  std::error_code ignored;
  if (std::filesystem::exists(text, ignored)) return {text, ""};
  // A folder before the file may have a "#" in its name.
  for (std::size_t at = text.find('#'); at != std::string::npos; at = text.find('#', at + 1))
    if (has_lesson_extension(text.substr(0, at))) return {text.substr(0, at), text.substr(at + 1)};
  const std::size_t hash = text.find('#');
  if (hash == std::string::npos || has_lesson_extension(text)) return {text, ""};
  return {text.substr(0, hash), text.substr(hash + 1)};
}

}  // namespace convscope::cli
