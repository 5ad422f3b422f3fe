#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "app/files/arrays/array_open.h"
#include "app/files/names.h"
#include "engine/core/tensor.h"

// Reads the values of an open array as float32.
//
// Supported are int8 to int64, uint8 to uint64, bool, float16, bfloat16, float32 and float64, in
// either byte order and with rows or columns first. A note is one sentence, without full stop, on
// values that float32 can't hold exactly and on how a text was read; it is empty if there is
// nothing to say. A finite number beyond float32 is an error. Every function throws Error where the
// array is damaged or of another kind than asked for, and Cancelled once `stop` is requested.
namespace convscope::files {

// A tensor, with the note on what float32 could not hold.
struct ArrayTensor {
  Tensor tensor;
  std::string note;
};
// Reads a tensor: [H, W] becomes [1, 1, H, W] and [C, H, W] becomes [1, C, H, W]. Any number of
// dimensions but 2, 3 and 4 is refused.
ArrayTensor read_array(OpenArray array, const std::stop_token& stop = {});

// A vector, with the note on what float32 could not hold.
struct ArrayVector {
  std::vector<float> values;
  std::string note;
};
// Reads an array of one dimension, a bias.
ArrayVector read_array_vector(OpenArray array, const std::stop_token& stop = {});

// Reads an int64 array of any shape, in row-major order.
std::vector<Index> read_array_indices(OpenArray array);

}  // namespace convscope::files
