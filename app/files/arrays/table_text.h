#pragma once

#include <string>
#include <string_view>

#include "app/files/names.h"
#include "engine/core/error.h"
#include "engine/core/tensor.h"

namespace convscope::files {

// The text of a table and the notes on how it was read. Words are parts of the text, which gives
// their position.
class TableText {
 public:
  // Accepts at most `most` rows and columns.
  TableText(std::string_view text, Index most) : text_(text), most_(most) {}

  std::string_view text() const { return text_; }
  // Parses a word. Throws Error, with line and column, if it is not a number.
  float number(std::string_view word, bool decimal_comma = false);
  // Throws Error if a table has more than `most` rows or columns.
  void require_room(Index rows_or_columns) const;
  // Adds a sentence without full stop to the note.
  void add_note(const std::string& note);
  const std::string& note() const { return note_; }

  // Returns the position of a part of the text, such as "line 2, column 5", in characters from 1.
  std::string place(std::string_view part) const;
  // Returns an Error that begins with the word, as it stands in the text, and its position.
  Error error(std::string_view word, const std::string& problem) const;

 private:
  std::string_view text_;
  Index most_;
  std::string note_;
  bool told_rounded_ = false;
};

// Returns a word for a message: in quotes, without control characters, cut where it is long.
std::string shown_word(std::string_view word);

// Removes the first line, which ends with LF, CR LF or CR, from `rest` and returns it.
std::string_view take_line(std::string_view& rest);
// Returns whether the text contains only spaces and line ends.
bool is_blank(std::string_view text);

}  // namespace convscope::files
