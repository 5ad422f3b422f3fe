#include "app/lesson/key_lines.h"

#include <algorithm>

#include "app/files/near_name.h"
#include "app/lesson/line_error.h"

namespace convscope::lesson {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

KeyLine read_key_line(std::string_view text, int line, std::span<const std::string> keys,
                      bool follows) {
  const std::size_t colon = text.find(':');
  const std::string key(without_spaces(text.substr(0, colon)));
  if (std::ranges::find(keys, key) == keys.end())
    throw LineError(line, "there is no field " + in_quotes(key) + " here" + name_help(key, keys) +
                              (follows && nearest_name(key, keys).empty()
                                   ? "; a line that continues the one before is set in"
                                   : ""));
  if (colon == std::string_view::npos)
    throw LineError(line, "the field " + key + " has no colon; write \"" + key + ": …\"");
  return {key, std::string(without_spaces(text.substr(colon + 1))), line};
}

}  // namespace

std::string_view without_spaces(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

std::vector<std::string> split_list(std::string_view text, char separator) {
  std::vector<std::string> parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '[') ++depth;
    if (i < text.size() && text[i] == ']') --depth;
    if (i < text.size() && (text[i] != separator || depth > 0)) continue;
    parts.emplace_back(without_spaces(text.substr(begin, i - begin)));
    begin = i + 1;
  }
  return parts;
}

std::vector<KeyLine> read_key_lines(std::string_view text, int line,
                                    std::span<const std::string> keys, std::string_view repeated) {
  std::vector<KeyLine> lines;
  for (; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view whole = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (without_spaces(whole).empty()) continue;
    const bool continued = kSpaces.find(whole.front()) != std::string_view::npos;
    if (continued && !lines.empty()) {
      std::string& value = lines.back().value;
      value += (value.empty() ? "" : " ") + std::string(without_spaces(whole));
      continue;
    }
    lines.push_back(read_key_line(whole, line, keys, !lines.empty()));
    const KeyLine& added = lines.back();
    const auto same = std::ranges::find(lines, added.key, &KeyLine::key);
    if (&*same != &added && added.key != repeated)
      throw LineError(line, "the field " + added.key + " stands twice, first in line " +
                                std::to_string(same->line) + "; leave one of them out");
  }
  for (const KeyLine& read : lines)
    if (read.value.empty())
      throw LineError(read.line, "the field " + read.key + " is empty; write a value behind it");
  return lines;
}

}  // namespace convscope::lesson
