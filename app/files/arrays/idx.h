#pragma once

#include <filesystem>

#include "app/files/arrays/array_open.h"
#include "app/files/names.h"

// The idx format of the MNIST files (yann.lecun.com/exdb/mnist): two zeros, a type, the number of
// dimensions, the sizes and then the values, all big-endian; also compressed by gzip, as these
// files are distributed.
namespace convscope::files {

// Returns whether the file, decompressed if it is so, begins as idx files do; false where it can't
// be read.
bool is_idx(const std::filesystem::path& path);

// Opens its array. Throws Error where the file is missing or is not as described. No more is
// decompressed than the sizes ask for.
OpenArray open_idx(const std::filesystem::path& path);

}  // namespace convscope::files
