#pragma once

#include "app/files/arrays/table_text.h"
#include "app/files/names.h"
#include "engine/core/tensor.h"

namespace convscope::files {

// Reads the whole text as a table in brackets, as [1, 1, rows, columns]: lists of Python, JSON and
// C, what NumPy and PyTorch print, rows of MATLAB.
Tensor read_bracketed_table(TableText& table);

}  // namespace convscope::files
