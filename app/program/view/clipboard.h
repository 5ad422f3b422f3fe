#pragma once

#include <string>

#include "app/program/names.h"
#include "engine/core/tensor.h"

// Planes as text: rows of numbers, as spreadsheets and notebooks take them, and as
// read_number_table() of app/files reads them.
namespace convscope::program {

// More values than this are not copied.
inline constexpr Index kMaxCopied = 1 << 18;

// One channel of one picture: numbers with tabs between, a line for each row, every float to
// its last digit.
std::string rows_text(const Tensor& tensor, Index n, Index channel);

}  // namespace convscope::program
