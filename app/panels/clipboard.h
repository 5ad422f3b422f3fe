#pragma once

#include <string>
#include <string_view>

#include "engine/tensor.h"

// Planes as text: rows of numbers, as spreadsheets and notebooks take them.
namespace convscope {

// More values than this are not copied.
inline constexpr Index kMostCopied = 1 << 18;

// One channel of one picture: numbers with tabs between, a line for each row, every float to
// its last digit.
std::string rows_text(const Tensor& tensor, Index n, Index channel);

// [1, 1, rows, columns] from lines of finite numbers with spaces, tabs, commas, semicolons or
// brackets between them; − counts as -. Throws Error for anything else, for rows of different
// length, and for more than `most` rows or columns.
Tensor parse_rows(std::string_view text, Index most);

}  // namespace convscope
