#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/files/npy_header.h"
#include "engine/core/tensor.h"

// Reads NumPy's .npy files (numpy.lib.format, versions 1 to 3). Every function throws Error where
// the file is missing, unreadable, damaged, has no values, or is of another kind than asked for.
//
// int8 to int64, uint8 to uint64, bool, float16, float32 and float64 are read, of either byte order
// and with rows or columns first. A note is one sentence on what of it float32 can't hold, without
// a full stop, and empty where it holds all; a finite number beyond float32 is an error.
namespace convscope {

// Whether the file begins as .npy files do; false where it can't be read.
bool is_npy(const std::filesystem::path& path);

// Reads the header, of any dtype, and checks that the file is as long as it says.
NpyHeader npy_header(const std::filesystem::path& path);

struct NpyTensor {
  Tensor tensor;
  std::string note;
};
// [H, W] becomes [1, 1, H, W] and [C, H, W] becomes [1, C, H, W]; other numbers of dimensions but 4
// are refused.
NpyTensor read_npy(const std::filesystem::path& path);

struct NpyVector {
  std::vector<float> values;
  std::string note;
};
// One dimension: a bias.
NpyVector read_npy_vector(const std::filesystem::path& path);

// int64 of any shape, in the order of the rows.
std::vector<Index> read_npy_indices(const std::filesystem::path& path);

}  // namespace convscope
