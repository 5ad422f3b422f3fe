#pragma once

#include "engine/core/pool2d_options.h"
#include "engine/core/tensor.h"

// The sizes of a pooling.
namespace convscope {

// Padding by which there are ceil(size / stride) windows on each axis, whatever the stride; the odd
// cell of it at the bottom and right. TensorFlow's SAME and ONNX's SAME_UPPER; at stride 1 it is
// the same_padding of a convolution. A dilated window may get large padding. Throws Error where the
// window or its stride is out of range.
Padding same_padding(const Shape& input, const Pool2dOptions& options);

// Whether the padding of some side is more than half the kernel.
bool has_large_padding(const Pool2dOptions& options);

// Throws Error, with the shapes in the message, where the options don't fit the input.
Shape pool2d_output_shape(const Shape& input, const Pool2dOptions& options);

}  // namespace convscope
