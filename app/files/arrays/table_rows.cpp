#include "app/files/arrays/table_rows.h"

#include <algorithm>
#include <vector>

#include "app/files/arrays/number_word.h"

namespace convscope::files {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return text.substr(0, 0);
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// What is known about the commas in numbers, to decide whether they are decimal or separate
// columns.
struct Commas {
  std::string_view first;  // first word with a decimal comma
  std::string_view point;  // a word with a decimal point
  float value = 0.0f;      // value of the first word
  bool thousands = true;   // whether three digits follow every comma
};

class RowsReader {
 public:
  RowsReader(TableText& table, std::string_view text)
      : table_(table), text_(text), separator_(separator(text)) {}

  Tensor read() {
    std::string_view rest = text_;
    std::string_view gap;  // first empty line since the last row
    while (!rest.empty()) {
      const std::string_view line = take_line(rest);
      const bool empty_cells = separator_ == '\t' && line.find('\t') != std::string_view::npos;
      if (is_blank(line) && !empty_cells) {
        if (gap.data() == nullptr) gap = line;
        continue;
      }
      if (gap.data() != nullptr && rows_ > 0)
        throw Error("there is an empty line at " + table_.place(gap) +
                    " and more below it; one table without empty cells is accepted");
      gap = {};
      read_row(line);
    }
    note_commas();
    return Tensor(Shape{1, 1, rows_, columns_}, values_);
  }

 private:
  // Returns tab, semicolon or comma, whichever occurs, in this order of preference; ' ' if none
  // does.
  static char separator(std::string_view text) {
    for (const char c : {'\t', ';', ','})
      if (text.find(c) != std::string_view::npos) return c;
    return ' ';
  }

  void read_row(std::string_view line) {
    table_.require_room(++rows_);
    const Index before = std::ssize(values_);
    if (separator_ == ' ') {
      read_spaced(line);
    } else {
      read_separated(line);
    }
    const Index columns = std::ssize(values_) - before;
    if (rows_ == 1) columns_ = columns;
    if (columns != columns_)
      throw Error("the row at " + table_.place(line) + " has " + std::to_string(columns) +
                  (columns == 1 ? " number" : " numbers") + " and the first has " +
                  std::to_string(columns_) + "; all rows must be equally long");
    one_comma_ = one_comma_ && columns == 2;
  }

  void add(std::string_view word, Index column) {
    table_.require_room(column);
    const bool decimal = separator_ == '\t' || separator_ == ';';
    values_.push_back(table_.number(word, decimal));
    if (!decimal) return;
    const std::size_t comma = word.find(',');
    if (comma == std::string_view::npos) {
      if (word.find('.') != std::string_view::npos && commas_.point.empty()) commas_.point = word;
      return;
    }
    if (commas_.first.empty()) {
      commas_.first = word;
      commas_.value = values_.back();
    }
    const std::string_view after = word.substr(comma + 1);
    commas_.thousands =
        commas_.thousands && after.size() == 3 && std::ranges::all_of(after, is_digit);
  }

  void read_spaced(std::string_view line) {
    for (Index column = 1;; ++column) {
      const std::size_t begin = line.find_first_not_of(' ');
      if (begin == std::string_view::npos) return;
      line.remove_prefix(begin);
      const std::string_view word = line.substr(0, line.find(' '));
      add(word, column);
      line.remove_prefix(word.size());
    }
  }

  void read_separated(std::string_view line) {
    for (Index column = 1;; ++column) {
      const std::size_t end = std::min(line.find(separator_), line.size());
      const std::string_view cell = trimmed(line.substr(0, end));
      if (cell.empty())
        throw Error("the cell at " + table_.place(line.substr(0, end)) + " (row " +
                    std::to_string(rows_) + ", cell " + std::to_string(column) +
                    ") is empty; every cell must have a number");
      if (cell.find(' ') != std::string_view::npos)
        throw table_.error(cell, "is not one number, and " + name() + " separate the columns");
      add(cell, column);
      if (separator_ == ',') note_joined_comma(line, end);
      if (end == line.size()) return;
      line.remove_prefix(end + 1);
    }
  }

  // Notes a comma between two digits, as in "1,5", which may be a decimal comma.
  void note_joined_comma(std::string_view line, std::size_t at) {
    if (at == line.size()) return;
    const bool close =
        at > 0 && at + 1 < line.size() && is_digit(line[at - 1]) && is_digit(line[at + 1]);
    one_comma_ = one_comma_ && close;
    if (first_line_.empty()) first_line_ = trimmed(line);
    const std::string_view after = line.substr(at + 1, line.find(separator_, at + 1) - at - 1);
    grouped_ = grouped_ && close && after.size() == 3 && std::ranges::all_of(after, is_digit);
  }

  std::string name() const {
    return separator_ == '\t' ? "tabs" : separator_ == ';' ? "semicolons" : "commas";
  }

  void note_commas() {
    if (!commas_.first.empty()) {
      if (!commas_.point.empty())
        throw Error(shown_word(commas_.first) + " at " + table_.place(commas_.first) +
                    " has a comma and " + shown_word(commas_.point) + " at " +
                    table_.place(commas_.point) +
                    " a point; write all numbers with the same decimal sign and nothing between "
                    "thousands");
      table_.add_note("read " + std::string(commas_.first) + " as " + plain_number(commas_.value) +
                      ": where " + name() + " separate the columns, a comma is the decimal sign" +
                      (commas_.thousands ? ", and not one between thousands" : ""));
    }
    if (separator_ == ',' && columns_ > 1 && (one_comma_ || grouped_))
      table_.add_note(
          "read " + std::string(first_line_) + " as " + std::to_string(columns_) +
          " numbers: where there are no tabs or semicolons, commas separate the columns");
  }

  TableText& table_;
  std::string_view text_;
  char separator_;
  std::vector<float> values_;
  Index rows_ = 0;
  Index columns_ = 0;
  Commas commas_;
  bool one_comma_ = true;  // whether each row is two numbers joined by a comma without a space
  bool grouped_ = true;    // whether three digits follow each comma
  std::string_view first_line_;
};

}  // namespace

Tensor read_plain_table(TableText& table, std::string_view rows) {
  return RowsReader(table, rows).read();
}

}  // namespace convscope::files
