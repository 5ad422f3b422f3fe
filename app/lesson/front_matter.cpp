#include "app/lesson/front_matter.h"

#include <algorithm>
#include <vector>

#include "app/lesson/key_lines.h"
#include "app/lesson/line_error.h"

namespace convscope::lesson {
namespace {

constexpr std::string_view kFence = "---";

// Returns the length of the first line with its end.
std::size_t line_length(std::string_view text) {
  return std::min(text.find('\n'), text.size() - 1) + 1;
}

std::string unquoted(const std::string& text) {
  const bool quoted = text.size() >= 2 && text.front() == text.back() &&
                      (text.front() == '"' || text.front() == '\'');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

FrontMatter read_front_matter(std::string_view text) {
  FrontMatter head;
  head.rest = text;
  if (text.empty() || without_spaces(text.substr(0, line_length(text))) != kFence) return head;
  const std::size_t first = line_length(text);
  std::size_t end = first;
  int lines = 1;
  for (;; ++lines) {
    if (end == text.size())
      throw LineError(1, "the front matter is not closed; a second line --- ends it");
    const std::size_t length = line_length(text.substr(end));
    if (without_spaces(text.substr(end, length)) == kFence) break;
    end += length;
  }
  const std::vector<std::string> keys{"title", "author", "date"};
  for (const KeyLine& line : read_key_lines(text.substr(first, end - first), 2, keys))
    if (line.key == "title") head.title = unquoted(line.value);
  const std::size_t after = end + line_length(text.substr(end));
  head.rest =
      std::string(static_cast<std::size_t>(lines) + 1, '\n') + std::string(text.substr(after));
  return head;
}

}  // namespace convscope::lesson
