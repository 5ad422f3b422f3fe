#include "app/lesson/text_runs.h"

#include <algorithm>

#include "app/files/near_name.h"
#include "app/lesson/line_error.h"
#include "app/lesson/vocabulary.h"

namespace convscope::lesson {
namespace {

constexpr std::size_t kMaxLiveText = 400;

std::string with_braces(std::string_view text) {
  std::string result(text);
  std::ranges::replace(result, kLiteralBrace, '{');
  return result;
}

// Whether what stands in braces begins with no word of the vocabulary, nor with one near to it.
bool is_no_word(std::string_view inside) {
  const std::size_t first = std::min(inside.find_first_not_of(' '), inside.size());
  inside.remove_prefix(first);
  return nearest_name(inside.substr(0, inside.find_first_of(" .[:=")), first_names()).empty();
}

LiveText live_text(const std::string& inside, int line) {
  try {
    return read_live_text(inside);
  } catch (const Error& error) {
    throw LineError(
        line, error.what() + std::string(is_no_word(inside)
                                             ? R"(; write \{ for a brace that is no live text)"
                                             : ""));
  }
}

}  // namespace

std::string with_marked_braces(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size();
    if (escape && text[i + 1] == '{') {
      result += kLiteralBrace;
      ++i;
      continue;
    }
    result += text[i];
    if (escape && text[i + 1] == '\\') result += text[++i];
  }
  return result;
}

std::string with_written_braces(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == kLiteralBrace)
      result += "\\{";
    else
      result += c;
  }
  return result;
}

std::vector<TextRun> split_runs(std::string_view text, const RunStyle& style, int line,
                                const std::vector<std::size_t>& lines) {
  const auto line_of = [&](std::size_t at) {
    return line + static_cast<int>(std::ranges::upper_bound(lines, at) - lines.begin());
  };
  std::vector<TextRun> runs;
  const auto add = [&](std::size_t begin, std::size_t end) {
    if (begin < end)
      runs.push_back({with_braces(text.substr(begin, end - begin)), style, {}, line_of(begin)});
  };
  std::size_t begin = 0;
  for (;;) {
    const std::size_t open = text.find('{', begin);
    if (open == std::string_view::npos) break;
    add(begin, open);
    const std::size_t close = text.find('}', open);
    const int here = line_of(open);
    if (close == std::string_view::npos || close - open > kMaxLiveText)
      throw LineError(here, "there is a { without a } after it, at " +
                                in_quotes(text.substr(open, kMaxLiveText)) +
                                R"(; write \{ for a brace that is no live text)");
    const std::string inside = with_braces(text.substr(open + 1, close - open - 1));
    runs.push_back({inside, style, live_text(inside, here), here});
    begin = close + 1;
  }
  add(begin, text.size());
  return runs;
}

}  // namespace convscope::lesson
