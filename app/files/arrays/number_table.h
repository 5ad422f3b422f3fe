#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "app/files/names.h"
#include "engine/core/tensor.h"

// Reads a matrix as people copy it from other programs.
namespace convscope::files {

// Longer texts are refused before they are read.
inline constexpr std::size_t kMaxTableText = std::size_t{1} << 20;

// A table that was read.
struct NumberTable {
  Tensor tensor;     // [1, 1, rows, columns]
  std::string note;  // says, without full stop, which of several readings was chosen
};

// Reads a table of at most `most` rows and columns, from a text of at most `most_text` bytes:
//
//   1 2 / 3 4 on lines of their own, with spaces, tabs, semicolons or commas between. Where tabs or
//       semicolons separate, a comma is the decimal sign, which the note tells.
//   [[1, 2], [3, 4]], also with ( ) or { }, in array(...) or tensor(...), or as NumPy prints it.
//   [1 2; 3 4]: in brackets a comma separates columns, and ";" or "]" ends a row, not the line.
//   What R prints of a matrix, with its labels.
//
// Numbers are those of read_number_word(). Throws Error, with line and column, for anything else:
// empty cells, rows of different lengths, several tables, numbers left out, and where the meaning
// is ambiguous. Takes time in proportion to the text.
NumberTable read_number_table(std::string_view text, Index most,
                              std::size_t most_text = kMaxTableText);

}  // namespace convscope::files
