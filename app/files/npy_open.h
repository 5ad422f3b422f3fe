#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "app/files/npy_header.h"
#include "engine/core/error.h"

namespace convscope {

// A .npy file whose header was read and checked: what follows are the values.
struct OpenNpy {
  std::filesystem::path path;
  std::ifstream file;
  NpyHeader header;
};

// Throws Error where the file is missing, unreadable or damaged, has no values, or is not as long
// as its header says.
OpenNpy open_npy(const std::filesystem::path& path);

// "(0, 2)": the place of the value that is the `number`-th in the file, counted from 0.
std::string npy_place(const NpyHeader& header, Index number);

Error damaged_npy(const std::filesystem::path& path, const std::string& how);

// Throws Error, with what the file holds, where it is of a type that is not read.
void require_readable(const OpenNpy& npy);

}  // namespace convscope
