#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "app/files/names.h"
#include "app/files/write_file.h"
#include "engine/core/tensor.h"

// Writes .npy files as NumPy itself would.
namespace convscope::files {

// Write a whole array into a file that the caller commits: a tensor as float32 in four dimensions,
// a vector as float32 in one, and indices of max pooling as int64 in four.
void write_npy(PendingFile& file, const Tensor& tensor);
void write_npy_vector(PendingFile& file, std::span<const float> values);
void write_npy_indices(PendingFile& file, const Shape& shape, std::span<const Index> indices);
// Returns the bytes of a whole file with a float32 array of any shape.
std::string npy_bytes(const std::vector<Index>& shape, std::span<const float> values);
// Writes the whole file or nothing.
void write_npy(const std::filesystem::path& path, const Tensor& tensor);

}  // namespace convscope::files
