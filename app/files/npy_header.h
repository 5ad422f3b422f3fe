#pragma once

#include <optional>
#include <string_view>

#include "app/files/npy.h"

namespace convscope {

// Parses the text of a .npy header, a Python dictionary of three entries in any order:
//
//   {'descr': '<f4', 'fortran_order': False, 'shape': (6, 8), }
//
// Nothing where it is anything else. numel is left at 1: the caller checks the sizes.
std::optional<NpyHeader> parse_npy_header(std::string_view text);

}  // namespace convscope
