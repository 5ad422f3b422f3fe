#include "app/files/arrays/number_table.h"

#include <algorithm>

#include "app/files/arrays/table_brackets.h"
#include "app/files/arrays/table_r_matrix.h"
#include "app/files/arrays/table_rows.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Returns whether the text begins with a name before brackets: "array([[1, 2]])", "K = [1 2]".
bool begins_with_name(std::string_view text) {
  if (!is_letter(text.front())) return false;
  const std::string_view first = text.substr(0, text.find_first_of("\r\n,;\t"));
  return first.find_first_of("([{") != std::string_view::npos ||
         text.starts_with("Parameter containing:");
}

// Returns the text after a line "K =", which MATLAB prints above the rows; empty if there is no
// such line.
std::string_view below_heading(std::string_view text) {
  std::string_view rest = text;
  const std::string_view line = take_line(rest);
  const std::size_t name = std::min(line.find_first_of(" ="), line.size());
  const auto in_name = [](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  const bool heading =
      is_letter(line.front()) && std::ranges::all_of(line.substr(0, name), in_name);
  const std::string_view sign = line.substr(name);
  const std::size_t equals = sign.find('=');
  const bool assigns = equals != std::string_view::npos && is_blank(sign.substr(0, equals)) &&
                       is_blank(sign.substr(equals + 1));
  return heading && assigns && !is_blank(rest) ? rest : std::string_view();
}

Tensor read(TableText& table, std::string_view begin) {
  if (begin.starts_with("[,")) return read_r_matrix(table);
  const bool bracket = std::string_view("[({").find(begin.front()) != std::string_view::npos;
  if (bracket || begins_with_name(begin)) return read_bracketed_table(table);
  const std::string_view below = below_heading(begin);
  // A tab at the beginning of the text is an empty cell.
  return read_plain_table(table, below.empty() ? table.text() : below);
}

}  // namespace

NumberTable read_number_table(std::string_view text, Index most, std::size_t most_text) {
  if (text.size() > most_text)
    throw Error("the text has " + std::to_string(text.size() >> 10) + " kB; at most " +
                std::to_string(most_text >> 10) + " are read");
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (is_blank(text)) throw Error("there are no numbers in it; rows of numbers are accepted");
  TableText table(text, most);
  NumberTable result;
  result.tensor = read(table, text.substr(text.find_first_not_of(" \t\r\n")));
  result.note = table.note();
  return result;
}

}  // namespace convscope::files
