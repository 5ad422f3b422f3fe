#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "app/files/names.h"

// Compression as zlib's stream has it (RFC 1950), whose checksum tells damage.
namespace convscope::files {

// Returns the bytes compressed as far as zlib can.
std::string deflated(std::string_view bytes);

// Returns what was compressed. Throws Error where the stream is damaged, ends too early, has
// something behind it, or holds more than `most` bytes, of which no more are ever taken.
std::string inflated(std::string_view stream, std::size_t most);

}  // namespace convscope::files
