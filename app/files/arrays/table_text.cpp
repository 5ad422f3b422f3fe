#include "app/files/arrays/table_text.h"

#include <algorithm>

#include "app/files/arrays/number_word.h"

namespace convscope::files {

float TableText::number(std::string_view word, bool decimal_comma) {
  const NumberWord read = read_number_word(word, decimal_comma);
  if (!read.problem.empty()) throw error(word, read.problem);
  if (read.rounded && !told_rounded_) {
    told_rounded_ = true;
    add_note(std::string(word) + " at " + place(word) + " is rounded to float32");
  }
  return read.value;
}

void TableText::require_room(Index rows_or_columns) const {
  if (rows_or_columns > most_)
    throw Error("there are more than " + std::to_string(most_) + " rows or columns; at most " +
                std::to_string(most_) + " of each are accepted");
}

void TableText::add_note(const std::string& note) {
  note_ += (note_.empty() ? "" : "; ") + note;
}

std::string TableText::place(std::string_view part) const {
  const std::string_view before =
      text_.substr(0, static_cast<std::size_t>(part.data() - text_.data()));
  const auto is_character = [](char c) {
    return (c & 0xC0) != 0x80;
  };  // counts only first bytes of characters
  // A line ends with LF, CR LF or CR; of CR LF only the second character counts.
  std::size_t line = 1;
  std::size_t start = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool ends =
        before[i] == '\n' || (before[i] == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n'));
    if (!ends) continue;
    ++line;
    start = i + 1;
  }
  const auto column = std::ranges::count_if(before.substr(start), is_character) + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

Error TableText::error(std::string_view word, const std::string& problem) const {
  return Error(shown_word(word) + " at " + place(word) + " " + problem);
}

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end);
  if (rest.starts_with("\r\n")) rest.remove_prefix(1);
  if (!rest.empty()) rest.remove_prefix(1);
  return line;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string shown_word(std::string_view word) {
  constexpr std::size_t kMax = 40;
  std::size_t end = std::min(word.size(), kMax);
  while (end > 0 && end < word.size() && (word[end] & 0xC0) == 0x80)
    --end;  // not inside a UTF-8 sequence
  std::string text(word.substr(0, end));
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return "\"" + text + (end < word.size() ? "…\"" : "\"");
}

}  // namespace convscope::files
