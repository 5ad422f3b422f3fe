#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/lesson/names.h"

// The blocks of a lesson that consist of lines such as "page: layers".
namespace convscope::lesson {

struct KeyLine {
  std::string key;
  std::string value;  // without spaces around it; indented lines that follow are joined to it
  int line = 0;
};

// Reads them; line `line` of the file is the first. Empty lines are passed over. Throws LineError
// for a line without a key, an unknown key, an empty value, and a key that stands twice, unless it
// is `repeated`.
std::vector<KeyLine> read_key_lines(std::string_view text, int line,
                                    std::span<const std::string> keys,
                                    std::string_view repeated = {});

// Returns the parts of a list between commas that are outside of brackets, without spaces around
// them.
std::vector<std::string> split_list(std::string_view text, char separator = ',');

// Returns a text without spaces around it.
std::string_view without_spaces(std::string_view text);

}  // namespace convscope::lesson
