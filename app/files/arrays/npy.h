#pragma once

#include <filesystem>
#include <vector>

#include "app/files/arrays/array_read.h"
#include "app/files/names.h"

// Reads NumPy's .npy files (numpy.lib.format, versions 1 to 3). Every function throws Error where
// the file is missing, unreadable, damaged, has no values, or is of another kind than asked for.
namespace convscope::files {

// Returns whether the file begins as .npy files do; false where it can't be read.
bool is_npy(const std::filesystem::path& path);

// Reads the header, of any dtype, and checks that the file has the length that it implies.
ArrayHeader npy_header(const std::filesystem::path& path);

// Do what the functions of array_read.h do.
ArrayTensor read_npy(const std::filesystem::path& path);
ArrayVector read_npy_vector(const std::filesystem::path& path);
std::vector<Index> read_npy_indices(const std::filesystem::path& path);

}  // namespace convscope::files
