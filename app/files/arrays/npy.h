#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/files/arrays/npy_header.h"
#include "app/files/names.h"
#include "engine/core/tensor.h"

// Reads NumPy's .npy files (numpy.lib.format, versions 1 to 3). Every function throws Error where
// the file is missing, unreadable, damaged, has no values, or is of another kind than asked for.
//
// Supported are int8 to int64, uint8 to uint64, bool, float16, float32 and float64, in either byte
// order and with rows or columns first. A note is one sentence, without full stop, on values that
// float32 can't hold exactly; it is empty if there are none. A finite number beyond float32 is an
// error.
namespace convscope::files {

// Returns whether the file begins as .npy files do; false where it can't be read.
bool is_npy(const std::filesystem::path& path);

// Reads the header, of any dtype, and checks that the file has the length that it implies.
NpyHeader npy_header(const std::filesystem::path& path);

// A tensor, with the note on what float32 could not hold.
struct NpyTensor {
  Tensor tensor;
  std::string note;
};
// Reads a tensor: [H, W] becomes [1, 1, H, W] and [C, H, W] becomes [1, C, H, W]. Any number of
// dimensions but 2, 3 and 4 is refused.
NpyTensor read_npy(const std::filesystem::path& path);

// A vector, with the note on what float32 could not hold.
struct NpyVector {
  std::vector<float> values;
  std::string note;
};
// Reads an array of one dimension, a bias.
NpyVector read_npy_vector(const std::filesystem::path& path);

// Reads an int64 array of any shape, in row-major order.
std::vector<Index> read_npy_indices(const std::filesystem::path& path);

}  // namespace convscope::files
