#pragma once

#include <string>
#include <string_view>

#include "engine/core/error.h"
#include "engine/core/tensor.h"

namespace convscope {

// The text that a table is read from, and what is to be told of how it was read. Words are parts of
// the text, so that their place in it is known.
class TableText {
 public:
  // At most `most` rows and columns are accepted.
  TableText(std::string_view text, Index most) : text_(text), most_(most) {}

  std::string_view text() const { return text_; }
  // Throws Error, with line and column, where the word is no number.
  float number(std::string_view word, bool decimal_comma = false);
  // Throws Error where a table has more than `most` rows or columns.
  void require_room(Index rows_or_columns) const;
  // Adds a sentence without a full stop to what is told.
  void tell(const std::string& note);
  const std::string& note() const { return note_; }

  // "line 2, column 5", counted in characters from 1, of a part of the text.
  std::string place(std::string_view part) const;
  // An error that begins with the word, as it stands in the text, and its place.
  Error error(std::string_view word, const std::string& problem) const;

 private:
  std::string_view text_;
  Index most_;
  std::string note_;
  bool told_rounded_ = false;
};

// A word as a message shows it: in quotes, without control characters, cut where it is long.
std::string shown_word(std::string_view word);

// Takes the first line off `rest`; it ends with LF, CR LF or CR.
std::string_view take_line(std::string_view& rest);
// Whether there is nothing but spaces and ends of lines in it.
bool is_blank(std::string_view text);

}  // namespace convscope
