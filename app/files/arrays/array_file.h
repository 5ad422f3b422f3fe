#pragma once

#include <filesystem>
#include <string>

#include "app/files/arrays/array_info.h"
#include "app/files/arrays/array_open.h"
#include "app/files/names.h"

// Files with arrays in any of the formats that are read: .npy, .npz, safetensors, idx, and tables
// as text. A format is told by how the file begins, for tables and safetensors by its name.
namespace convscope::files {

// A file and, where it may hold several arrays, the name of one of them.
struct ArrayPath {
  std::filesystem::path file;
  std::string name;  // empty for the only one
};
// Divides "FILE.npz:NAME". A file that has all of this as its name comes first.
ArrayPath array_path(const std::string& written);

// Returns whether a file is read as arrays, rather than as a picture.
bool is_array_file(const std::filesystem::path& file);

// Returns whether the name ends as that of a file of arrays: .npy, .npz, .safetensors, .idx, the
// names of the MNIST files, .csv or .tsv. A .txt may be anything else as well.
bool has_array_extension(const std::filesystem::path& file);

// Returns the arrays of a file, by their headers alone. Throws Error where it is missing or
// damaged.
ArrayList list_arrays(const std::filesystem::path& file);

// Opens an array. Throws Error where the file is missing or damaged, has no array of this name, or
// several and no name is given: the message then lists them, what may be a convolution's weights
// first.
OpenArray open_array(const ArrayPath& path);

// Sorts what may be a convolution's weights, of four axes, to the front, and keeps the order else.
std::vector<ArrayInfo> weights_first(std::vector<ArrayInfo> arrays);

// Writes "features.0.weight (64, 3, 11, 11) float32".
std::string info_text(const ArrayInfo& info);

}  // namespace convscope::files
