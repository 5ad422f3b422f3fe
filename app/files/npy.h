#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "app/files/npy_header.h"
#include "app/files/write_file.h"
#include "engine/core/tensor.h"

// NumPy's .npy files (numpy.lib.format, versions 1 to 3). Every function throws Error where the
// file is missing, unreadable, damaged, has no values, or is of another kind than asked for.
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

// What is told of an array of any shape; min, max and mean are of the finite values.
struct NpySummary {
  std::string min, max;  // whole numbers to their last digit, others to the seventh
  double mean = 0.0;
  Index finite = 0, nans = 0, infinities = 0;
  std::string note;  // also on numbers beyond float32, which are no error here
};
// Reads the file part by part: an array of any size takes no memory.
NpySummary summarize_npy(const std::filesystem::path& path);

// A whole array into a file that the caller commits: as float32 in four dimensions, as float32 in
// one, and as int64 in four (the indices of max pooling).
void write_npy(PendingFile& file, const Tensor& tensor);
void write_npy_vector(PendingFile& file, std::span<const float> values);
void write_npy_indices(PendingFile& file, const Shape& shape, std::span<const Index> indices);
// Writes the whole file or nothing.
void write_npy(const std::filesystem::path& path, const Tensor& tensor);

}  // namespace convscope
