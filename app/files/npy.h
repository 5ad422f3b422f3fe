#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "app/files/write_file.h"
#include "engine/tensor.h"

// NumPy's .npy files (numpy.lib.format, versions 1 to 3). Every function throws Error where the
// file is missing, unreadable, damaged, or of another kind than asked for.
namespace convscope {

struct NpyHeader {
  std::string dtype;  // as NumPy writes it: "<f4"
  bool fortran_order = false;
  std::vector<Index> shape;
  Index numel = 1;  // the product of the shape
};

// Whether the file begins as .npy files do; false where it can't be read.
bool is_npy(const std::filesystem::path& path);

// Reads the header, of any dtype, and checks that the file is as long as it says.
NpyHeader npy_header(const std::filesystem::path& path);

// float32 or float64 of either byte order, rows or columns first. [H, W] becomes [1, 1, H, W] and
// [C, H, W] becomes [1, C, H, W]; other numbers of dimensions but 4 are refused.
Tensor read_npy(const std::filesystem::path& path);
// One dimension of float32 or float64: a bias.
std::vector<float> read_npy_vector(const std::filesystem::path& path);
// int64 of any shape, in the order of the rows.
std::vector<Index> read_npy_indices(const std::filesystem::path& path);
// float32, float64 or int64 of any shape, in the order of the rows.
std::vector<double> read_npy_values(const std::filesystem::path& path);

// A whole array into a file that the caller commits: as float32 in four dimensions, as float32 in
// one, and as int64 in four (the indices of max pooling).
void write_npy(PendingFile& file, const Tensor& tensor);
void write_npy_vector(PendingFile& file, std::span<const float> values);
void write_npy_indices(PendingFile& file, const Shape& shape, std::span<const Index> indices);
// Writes the whole file or nothing.
void write_npy(const std::filesystem::path& path, const Tensor& tensor);

}  // namespace convscope
