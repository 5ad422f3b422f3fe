#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace convscope {

// What Python writes and JSON lacks, at a place where a text is not JSON: ": NaN is not JSON; write
// \"nan\"". Empty where there is no such word. `at` may be at any of its letters.
std::string foreign_literal_text(std::string_view text, std::size_t at);

}  // namespace convscope
