#pragma once

#include <optional>
#include <string_view>

#include "app/files/arrays/array_header.h"
#include "app/files/names.h"

namespace convscope::files {

// Parses the text of a .npy header, a Python dictionary of three entries in any order:
//
//   {'descr': '<f4', 'fortran_order': False, 'shape': (6, 8), }
//
// Accepts Python 2's "(6L, 8L)" and u'descr', and keeps a structured descr (a list) as it is
// written. Returns nullopt for anything else. numel stays 1: the caller checks the sizes.
std::optional<ArrayHeader> parse_npy_header(std::string_view text);

}  // namespace convscope::files
