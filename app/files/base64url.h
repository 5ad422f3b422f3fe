#pragma once

#include <string>
#include <string_view>

#include "app/files/names.h"

// Bytes as letters that stand in an address as they are: base64 with - and _ (RFC 4648, section 5),
// without = at the end.
namespace convscope::files {

std::string to_base64url(std::string_view bytes);

// Throws Error, with the character and its place from 1, for text that is not that.
std::string from_base64url(std::string_view text);

}  // namespace convscope::files
