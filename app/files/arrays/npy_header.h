#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/arrays/npy_dtype.h"
#include "app/files/names.h"

namespace convscope::files {

// The contents of a .npy header.
struct NpyHeader {
  std::string descr;  // the dtype as written: "<f4"
  NpyDtype dtype;     // the parsed dtype
  bool fortran_order = false;
  std::vector<Index> shape;
  Index numel = 1;  // product of the shape
};

// Parses the text of a .npy header, a Python dictionary of three entries in any order:
//
//   {'descr': '<f4', 'fortran_order': False, 'shape': (6, 8), }
//
// Accepts Python 2's "(6L, 8L)" and u'descr', and keeps a structured descr (a list) as it is
// written. Returns nullopt for anything else. numel stays 1: the caller checks the sizes.
std::optional<NpyHeader> parse_npy_header(std::string_view text);

// Writes a shape as NumPy prints it: "(6, 8)".
std::string npy_shape_text(const std::vector<Index>& shape);

}  // namespace convscope::files
