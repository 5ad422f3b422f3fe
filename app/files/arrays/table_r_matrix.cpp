#include "app/files/arrays/table_r_matrix.h"

#include <algorithm>
#include <vector>

namespace convscope::files {
namespace {

// Takes the next word of a line; empty at its end.
std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  line.remove_prefix(word.size());
  return word;
}

class RMatrixReader {
 public:
  explicit RMatrixReader(TableText& table) : table_(table) {}

  Tensor read() {
    std::string_view rest = table_.text();
    while (!rest.empty()) {
      const std::string_view line = take_line(rest);
      if (is_blank(line)) continue;
      std::string_view words = line;
      if (take_word(words).starts_with("[,")) {
        read_labels(line);
      } else {
        read_row(line);
      }
    }
    end_block(rest);
    std::vector<float> values;
    for (const std::vector<float>& row : rows_)
      values.insert(values.end(), row.begin(), row.end());
    return Tensor(Shape{1, 1, std::ssize(rows_), columns_}, values);
  }

 private:
  void require_label(std::string_view word, const std::string& expected) const {
    if (word != expected) throw table_.error(word, "must be the label " + expected);
  }

  void read_labels(std::string_view line) {
    if (columns_ > 0) end_block(line);
    for (std::string_view word = take_word(line); !word.empty(); word = take_word(line)) {
      table_.require_room(++columns_);
      require_label(word, "[," + std::to_string(columns_) + "]");
    }
  }

  void read_row(std::string_view line) {
    const std::string_view whole = line;
    table_.require_room(++row_);
    require_label(take_word(line), "[" + std::to_string(row_) + ",]");
    if (row_ > std::ssize(rows_)) {
      if (!first_block_) throw table_.error(whole, "is a row more than the columns before it have");
      rows_.emplace_back();
    }
    std::vector<float>& row = rows_[static_cast<std::size_t>(row_ - 1)];
    for (std::string_view word = take_word(line); !word.empty(); word = take_word(line)) {
      if (std::ssize(row) == columns_) throw table_.error(word, "has no column's label above it");
      row.push_back(table_.number(word));
    }
    if (std::ssize(row) != columns_)
      throw Error("the row at " + table_.place(whole) + " ends at column " +
                  std::to_string(row.size()) + "; its labels go to " + std::to_string(columns_));
  }

  void end_block(std::string_view below) {
    if (row_ == 0 || row_ != std::ssize(rows_))
      throw Error("the labels above " + table_.place(below) + " have " + std::to_string(row_) +
                  " rows below them, and the first have " + std::to_string(rows_.size()));
    first_block_ = false;
    row_ = 0;
  }

  TableText& table_;
  std::vector<std::vector<float>> rows_;
  Index columns_ = 0;  // number of labels so far
  Index row_ = 0;      // row of the current block
  bool first_block_ = true;
};

}  // namespace

Tensor read_r_matrix(TableText& table) {
  return RMatrixReader(table).read();
}

}  // namespace convscope::files
