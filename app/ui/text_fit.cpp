#include "app/ui/text_fit.h"

#include <algorithm>

#include "app/ui/imgui_shim.h"

namespace convscope::ui {
namespace {

// Returns the length in bytes of the last UTF-8 character.
std::size_t last_character(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() &&
         (static_cast<unsigned char>(text[text.size() - length]) & 0xC0) == 0x80)
    ++length;
  return length;
}

// Returns the next space after `from` where a line may end, which is not one within a number, "1
// 234".
std::size_t next_break(std::string_view text, std::size_t from) {
  const auto digit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  std::size_t at = text.find(' ', from);
  while (at != std::string_view::npos && digit(at - 1) && digit(at + 1))
    at = text.find(' ', at + 1);
  return std::min(at, text.size());
}

// Returns as many characters of a word as fit, at least one.
std::string_view fitting_start(const ImFont* font, float width, std::string_view word) {
  std::string_view start = word;
  while (text_size(font, font_size(font), start).x > width) {
    const std::size_t last = last_character(start);
    if (last == start.size()) break;
    start.remove_suffix(last);
  }
  return start;
}

}  // namespace

std::string elided(const ImFont* font, std::string_view text, float width) {
  const float size = font_size(font);
  if (text_size(font, size, text).x <= width) return std::string(text);
  while (!text.empty()) {
    text.remove_suffix(last_character(text));
    std::string shown = std::string(text) + "…";
    if (text_size(font, size, shown).x <= width) return shown;
  }
  return {};
}

std::string first_clause(const std::string& sentence) {
  const std::size_t colon = sentence.find(": ");
  return colon == std::string::npos ? sentence : sentence.substr(0, colon) + ".";
}

std::vector<std::string_view> wrapped_lines(const ImFont* font, float width,
                                            std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t newline = std::min(text.find('\n'), text.size());
    std::size_t end = 0;  // end of the text that is known to fit
    while (end < newline) {
      const std::size_t next = std::min(next_break(text, end + 1), newline);
      if (text_size(font, font_size(font), text.substr(0, next)).x > width) break;
      end = next;
    }
    if (end == 0 && newline > 0)
      end =
          fitting_start(font, width, text.substr(0, std::min(next_break(text, 1), newline))).size();
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
    if (text.starts_with(' ') || text.starts_with('\n')) text.remove_prefix(1);
  }
  return lines;
}

}  // namespace convscope::ui
