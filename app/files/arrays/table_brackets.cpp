#include "app/files/arrays/table_brackets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace convscope::files {
namespace {

constexpr int kMaxDepth = 8;  // of nested brackets
constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kEndOfWord = " \t\r\n,;[](){}";

char closing(char open) {
  return open == '[' ? ']' : open == '(' ? ')' : '}';
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

// The contents of one pair of brackets: rows of numbers, or further brackets, all of the same
// shape.
struct Group {
  enum class Last { kOpening, kValue, kComma, kSemicolon };

  char close = ']';
  Last last = Last::kOpening;
  std::vector<Index> inner;  // shape of each nested bracket; empty for numbers
  bool has_numbers = false;
  bool has_semicolon = false;
  bool spaces = false;  // whether spaces separate some numbers
  bool commas = false;  // whether commas separate some numbers
  Index count = 0;      // numbers or brackets since the last semicolon
  Index rows = 0;       // rows ended by a semicolon
  Index columns = 0;    // columns of the first row
};

class BracketReader {
 public:
  explicit BracketReader(TableText& table) : table_(table), rest_(table.text()) {}

  Tensor read() {
    const bool called = take_call();
    const std::string_view begin = rest_;
    std::vector<Index> shape = read_group(0);
    if (called) skip_arguments();
    skip_blanks();
    if (rest_.starts_with(';')) rest_.remove_prefix(1);
    skip_blanks();
    if (!rest_.empty())
      throw table_.error(rest_.substr(0, rest_.find_first_of("\r\n")),
                         "stands behind the last bracket; a table of numbers alone is accepted");
    while (shape.size() > 2 && shape.front() == 1)
      shape.erase(shape.begin());
    if (shape.size() > 2) throw Error(several(shape));
    if (shape.size() == 1) {
      note_line_break(begin);
      shape.insert(shape.begin(), 1);
    }
    return Tensor(Shape{1, 1, shape[0], shape[1]}, values_);
  }

 private:
  void skip_blanks() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(kBlanks), rest_.size()));
  }
  std::string_view take_name() {
    const std::string_view name(
        rest_.data(), static_cast<std::size_t>(std::ranges::find_if_not(rest_, is_name_character) -
                                               rest_.begin()));
    rest_.remove_prefix(name.size());
    return name;
  }

  // Consumes "K = np.array(" or a part of it. Returns whether a function's bracket is open.
  // Functions other than array and tensor would change the numbers in their brackets.
  bool take_call() {
    constexpr std::string_view kParameter = "Parameter containing:";
    constexpr std::array<std::string_view, 6> kFunctions = {"array",  "asarray", "matrix",
                                                            "tensor", "Tensor",  "as_tensor"};
    skip_blanks();
    if (rest_.starts_with(kParameter)) rest_.remove_prefix(kParameter.size());
    skip_blanks();
    std::string_view name = take_name();
    skip_blanks();
    if (!name.empty() && rest_.starts_with('=')) {
      rest_.remove_prefix(1);
      skip_blanks();
      name = take_name();
      skip_blanks();
    }
    if (name.empty()) return false;
    const std::string_view function = name.substr(name.rfind('.') + 1);  // npos + 1 is 0
    if (std::ranges::find(kFunctions, function) == kFunctions.end() || !rest_.starts_with('('))
      throw table_.error(name,
                         "is not a number; a table of numbers alone is accepted, or in "
                         "array(...) or tensor(...)");
    rest_.remove_prefix(1);
    skip_blanks();
    return true;
  }

  // Skips what follows a function's first argument: ", dtype=float32, grad_fn=<AddBackward0>)".
  void skip_arguments() {
    skip_blanks();
    const std::string_view begin = rest_;
    if (rest_.starts_with(',')) {
      rest_.remove_prefix(1);
      skip_blanks();
      const bool named = !rest_.empty() && is_name_character(rest_.front()) && rest_.front() > '9';
      if (!named && !rest_.starts_with(')'))
        throw table_.error(begin.substr(0, begin.find_first_of("\r\n")),
                           "is a second argument; a table of numbers alone is accepted");
      int depth = 0;
      while (!rest_.empty() && (depth > 0 || rest_.front() != ')')) {
        depth += rest_.front() == '(' ? 1 : rest_.front() == ')' ? -1 : 0;
        rest_.remove_prefix(1);
      }
    }
    if (!rest_.starts_with(')'))
      throw Error("the function's bracket is not closed at " + table_.place(begin) +
                  "; the text may have been cut off");
    require_whole_numbers(begin.substr(0, begin.size() - rest_.size()));
    rest_.remove_prefix(1);
  }

  // array([0.5], dtype=int) would be 0.
  void require_whole_numbers(std::string_view arguments) const {
    const auto whole = [](float value) { return value == std::trunc(value); };
    if (arguments.find("int") != std::string_view::npos && !std::ranges::all_of(values_, whole))
      throw table_.error(arguments, "makes whole numbers of those before it; copy what it makes");
  }

  std::vector<Index> read_group(int depth) {
    if (rest_.empty() || std::string_view("[({").find(rest_.front()) == std::string_view::npos)
      throw table_.error(rest_.substr(0, rest_.find_first_of(kBlanks)),
                         "is not the bracket of a table");
    if (depth == kMaxDepth)
      throw Error("there are more than " + std::to_string(kMaxDepth) +
                  " brackets in each other at " + table_.place(rest_));
    const std::string_view begin = rest_;
    Group group;
    group.close = closing(rest_.front());
    rest_.remove_prefix(1);
    while (true) {
      skip_blanks();
      if (rest_.empty())
        throw Error("the bracket at " + table_.place(begin) + " is not closed; the text may have " +
                    "been cut off");
      const char c = rest_.front();
      if (c == group.close) break;
      if (c == ',' || c == ';') {
        take_separator(group, c == ';');
      } else if (c == '[' || c == '(' || c == '{') {
        take_group(group, depth);
      } else if (c == ']' || c == ')' || c == '}') {
        throw table_.error(rest_.substr(0, 1), std::string("closes no bracket; a ") + group.close +
                                                   " must come before it");
      } else {
        take_number(group);
      }
    }
    return close_group(group, begin);
  }

  void take_number(Group& group) {
    const std::string_view word = rest_.substr(0, rest_.find_first_of(kEndOfWord));
    const float value = table_.number(word);
    if (!group.inner.empty()) throw table_.error(word, "is a number beside brackets of numbers");
    if (group.last == Group::Last::kValue) group.spaces = true;
    if (group.spaces && group.commas)
      throw table_.error(word,
                         "comes where commas separate some numbers of the brackets and spaces "
                         "others; in brackets a comma is not a decimal sign");
    values_.push_back(value);
    group.has_numbers = true;
    group.last = Group::Last::kValue;
    table_.require_room(++group.count);
    rest_.remove_prefix(word.size());
  }

  void take_group(Group& group, int depth) {
    const std::string_view begin = rest_;
    if (group.has_numbers)
      throw table_.error(begin.substr(0, 1),
                         "begins a bracket beside numbers; all must be one or "
                         "the other");
    std::vector<Index> shape = read_group(depth + 1);
    if (!group.inner.empty() && group.inner != shape)
      throw Error("the brackets at " + table_.place(begin) + " hold " + sizes(shape) +
                  " numbers and the first beside them " + sizes(group.inner) +
                  "; all must be equally long");
    group.inner = std::move(shape);
    group.last = Group::Last::kValue;
    table_.require_room(++group.count);
  }

  void take_separator(Group& group, bool semicolon) {
    if (group.last != Group::Last::kValue)
      throw Error("there is no number before the " + std::string(semicolon ? "\";\"" : "comma") +
                  " at " + table_.place(rest_) + "; every cell must have one");
    rest_.remove_prefix(1);
    group.last = semicolon ? Group::Last::kSemicolon : Group::Last::kComma;
    if (semicolon) {
      end_row(group);
    } else {
      group.commas = group.commas || group.has_numbers;
      if (group.spaces && group.commas && group.has_numbers)
        throw Error("at " + table_.place(rest_) +
                    " commas separate some numbers of the brackets and spaces others; in brackets "
                    "a comma is not a decimal sign");
    }
  }

  // Ends a row at a semicolon, or at the end of a bracket that has semicolons.
  void end_row(Group& group) {
    group.has_semicolon = true;
    table_.require_room(++group.rows);
    if (group.rows == 1) group.columns = group.count;
    if (group.count != group.columns)
      throw Error("row " + std::to_string(group.rows) + " of the brackets, which ends at " +
                  table_.place(rest_) + ", has " + std::to_string(group.count) +
                  (group.count == 1 ? " number" : " numbers") + " and the first has " +
                  std::to_string(group.columns) + "; all rows must be equally long");
    group.count = 0;
  }

  std::vector<Index> close_group(Group& group, std::string_view begin) {
    if (group.last == Group::Last::kOpening)
      throw Error("the brackets at " + table_.place(begin) + " are empty; they must hold numbers");
    if (group.has_semicolon && group.last != Group::Last::kSemicolon) end_row(group);
    rest_.remove_prefix(1);
    std::vector<Index> shape = group.inner;
    if (!group.has_semicolon) {
      shape.insert(shape.begin(), group.count);
    } else if (group.inner.empty()) {
      shape = {group.rows, group.columns};
    } else {
      // "[[1 2]; [3 4]]" has one bracket in each row.
      if (group.columns != 1)
        throw Error("the brackets at " + table_.place(begin) +
                    " have several brackets in a row; write the rows as numbers");
      shape.insert(shape.begin(), group.rows);
    }
    return shape;
  }

  // A line break ends a row in MATLAB, but NumPy prints long rows over several lines.
  void note_line_break(std::string_view begin) {
    std::string_view read = begin.substr(0, begin.size() - rest_.size());
    int lines = 0;
    while (!read.empty())
      lines += take_line(read).find_first_of("0123456789") != std::string_view::npos ? 1 : 0;
    if (lines > 1)
      table_.add_note("read the " + std::to_string(lines) + " lines as one row of " +
                      std::to_string(values_.size()) +
                      " numbers: in brackets a row ends with ; or ]");
  }

  static std::string sizes(const std::vector<Index>& shape) {
    std::string text;
    for (const Index size : shape)
      text += (text.empty() ? "" : " × ") + std::to_string(size);
    return text;
  }

  static std::string several(const std::vector<Index>& shape) {
    return "it has " + sizes(shape) + " numbers, which are several tables; one is accepted, as " +
           "rows of numbers";
  }

  TableText& table_;
  std::string_view rest_;
  std::vector<float> values_;
};

}  // namespace

Tensor read_bracketed_table(TableText& table) {
  return BracketReader(table).read();
}

}  // namespace convscope::files
