#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "app/files/names.h"

namespace convscope::files {

// Returns a file's whole text. Throws Error, as the rest of a sentence about the file ("there is no
// such file"), where it is missing, no regular file, can't be read, or has more than `most` bytes,
// in which case `kind` ("a scene") says what may have so many. The size is checked before the text
// is read.
std::string read_text(const std::filesystem::path& path, std::uintmax_t most, const char* kind);

}  // namespace convscope::files
