#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "app/files/arrays/npy_header.h"
#include "app/files/names.h"
#include "engine/core/error.h"

namespace convscope::files {

// A .npy file whose header has been read and checked; its values come next.
struct OpenNpy {
  std::filesystem::path path;
  std::ifstream file;
  NpyHeader header;
};

// Opens a file. Throws Error where it is missing, unreadable or damaged, has no values, or has
// another length than its header says.
OpenNpy open_npy(const std::filesystem::path& path);

// Returns the indices, such as "(0, 2)", of the value with this number in the file, counted from 0.
std::string npy_place(const NpyHeader& header, Index number);

// Returns the Error for a damaged file; `how` says what is wrong.
Error damaged_npy(const std::filesystem::path& path, const std::string& how);

// Throws Error, with what the file holds, if its type is not supported.
void require_readable(const OpenNpy& npy);

}  // namespace convscope::files
