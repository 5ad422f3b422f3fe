#include "app/files/number_table.h"

#include "app/files/table_text.h"
#include "engine/error.h"

namespace convscope {
namespace {

// "array([[1, 2]])", "K = [1 2]": a name that brackets follow.
bool begins_with_name(std::string_view text) {
  const char c = text.front();
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  if (!letter) return false;
  const std::string_view first = text.substr(0, text.find_first_of("\r\n,;\t"));
  return first.find_first_of("([{") != std::string_view::npos ||
         text.starts_with("Parameter containing:");
}

Tensor read(TableText& table, std::string_view begin) {
  if (begin.starts_with("[,")) return read_r_matrix(table);
  const bool bracket = std::string_view("[({").find(begin.front()) != std::string_view::npos;
  return bracket || begins_with_name(begin) ? read_bracketed_table(table) : read_plain_table(table);
}

}  // namespace

NumberTable read_number_table(std::string_view text, Index most) {
  if (text.size() > kMostTableText)
    throw Error("the text has " + std::to_string(text.size() >> 10) + " kB; at most " +
                std::to_string(kMostTableText >> 10) + " are read");
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (is_blank(text)) throw Error("there are no numbers in it; rows of numbers are accepted");
  TableText table(text, most);
  NumberTable result;
  result.tensor = read(table, text.substr(text.find_first_not_of(" \t\r\n")));
  result.note = table.note();
  return result;
}

}  // namespace convscope
