#pragma once

#include <span>

#include "engine/core/pool2d_options.h"
#include "engine/core/tensor.h"

// The sizes of a pooling.
namespace convscope::engine {

// Returns the padding that gives ceil(size / stride) windows on each axis, of which an odd cell
// goes to the bottom and right: TensorFlow's SAME and ONNX's SAME_UPPER. At stride 1 it equals the
// same_padding of a convolution. Dilated windows may get large padding. Throws Error where the
// kernel, stride or dilation is out of range.
Padding same_padding(const Shape& input, const Pool2dOptions& options);

// Returns whether the padding of some side is more than half the kernel.
bool has_large_padding(const Pool2dOptions& options);

// Returns the output's shape, [N, C, H', W']. Throws Error, with the shapes in the message, where
// the options don't fit the input.
Shape pool2d_output_shape(const Shape& input, const Pool2dOptions& options);

// Throws Error where `grad_output` is not the output's shape, or there is no output.
void require_grad_output(const Shape& grad_output, const Shape& input,
                         const Pool2dOptions& options);
// Throws Error where there is not one index for each value of a max pooling's output gradient.
void require_indices(std::span<const Index> indices, const Shape& grad_output);

}  // namespace convscope::engine
