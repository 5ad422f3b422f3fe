#pragma once

#include <string_view>

#include "app/files/arrays/table_text.h"
#include "app/files/names.h"
#include "engine/core/tensor.h"

namespace convscope::files {

// Reads a table without brackets, as [1, 1, rows, columns]: spreadsheets, CSV, and numbers with
// spaces between. `rows` is the part of the text that it stands in.
Tensor read_plain_table(TableText& table, std::string_view rows);

}  // namespace convscope::files
