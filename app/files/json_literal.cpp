#include "app/files/json_literal.h"

#include <algorithm>
#include <array>

namespace convscope::files {
namespace {

struct Foreign {
  std::string_view word;
  std::string_view json;
};

constexpr std::array kForeign = {
    Foreign{"NaN", "\"nan\""},  Foreign{"nan", "\"nan\""},        Foreign{"Infinity", "\"inf\""},
    Foreign{"inf", "\"inf\""},  Foreign{"-Infinity", "\"-inf\""}, Foreign{"-inf", "\"-inf\""},
    Foreign{"-NaN", "\"nan\""}, Foreign{"-nan", "\"nan\""},       Foreign{"None", "null"},
    Foreign{"True", "true"},    Foreign{"False", "false"},
};

bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

}  // namespace

std::string foreign_literal_text(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 16;
  std::size_t begin = std::min(at, text.size());
  std::size_t end = begin;
  while (begin > 0 && at - begin < kLongest && is_of_word(text[begin - 1]))
    --begin;
  while (end < text.size() && end - at < kLongest && is_of_word(text[end]))
    ++end;
  const std::string_view word = text.substr(begin, end - begin);
  const auto found = std::ranges::find(kForeign, word, &Foreign::word);
  if (found == kForeign.end()) return "";
  return ": " + std::string(word) + " is not JSON; write " + std::string(found->json);
}

}  // namespace convscope::files
