#pragma once

#include "app/files/arrays/table_text.h"
#include "app/files/names.h"
#include "engine/core/tensor.h"

namespace convscope::files {

// Reads the whole text as a matrix as R prints it, as [1, 1, rows, columns]: blocks of columns
// below their labels, which begin anew where a row would be too wide.
//
//        [,1] [,2]
//   [1,]    1    2
//   [2,]    3    4
//        [,3]
//   [1,]    5
//   [2,]    6
Tensor read_r_matrix(TableText& table);

}  // namespace convscope::files
