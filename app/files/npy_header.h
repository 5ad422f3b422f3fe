#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/npy_dtype.h"

namespace convscope {

struct NpyHeader {
  std::string descr;  // the dtype as it is written: "<f4"
  NpyDtype dtype;     // what it means
  bool fortran_order = false;
  std::vector<Index> shape;
  Index numel = 1;  // the product of the shape
};

// Parses the text of a .npy header, a Python dictionary of three entries in any order:
//
//   {'descr': '<f4', 'fortran_order': False, 'shape': (6, 8), }
//
// Python 2's "(6L, 8L)" and u'descr' are read, and a structured descr, a list, as it is written.
// Nothing where it is anything else. numel is left at 1: the caller checks the sizes.
std::optional<NpyHeader> parse_npy_header(std::string_view text);

// "(6, 8)", as NumPy prints it.
std::string npy_shape_text(const std::vector<Index>& shape);

}  // namespace convscope
