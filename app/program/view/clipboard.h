#pragma once

#include <string>

#include "app/program/names.h"
#include "engine/core/tensor.h"

// Writes planes as rows of numbers, a form that spreadsheets, notebooks and read_number_table() of
// app/files read.
namespace convscope::program {

// The largest number of values that are copied.
inline constexpr Index kMaxCopied = 1 << 18;

// Returns one channel of picture n: a line for each row, with tabs between the numbers, which have
// enough digits to read back the same floats.
std::string rows_text(const Tensor& tensor, Index n, Index channel);

}  // namespace convscope::program
