#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "app/files/names.h"

namespace convscope::files {

// Explains a Python literal that JSON lacks, found where parsing failed: ": NaN is not JSON; write
// \"nan\"". Returns an empty text if there is no such word at `at`, which may be any of its
// letters.
std::string foreign_literal_text(std::string_view text, std::size_t at);

}  // namespace convscope::files
