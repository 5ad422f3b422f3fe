#pragma once

#include <string>
#include <vector>

#include "app/files/arrays/array_dtype.h"
#include "app/files/names.h"

namespace convscope::files {

// What a file tells of an array before its values.
struct ArrayHeader {
  std::string descr;  // the dtype as written: "<f4"
  ArrayDtype dtype;   // the parsed dtype
  bool fortran_order = false;
  std::vector<Index> shape;
  Index numel = 1;  // product of the shape
};

// Writes a shape as NumPy prints it: "(6, 8)".
std::string array_shape_text(const std::vector<Index>& shape);

}  // namespace convscope::files
