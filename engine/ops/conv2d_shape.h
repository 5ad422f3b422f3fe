#pragma once

#include "engine/core/conv2d_options.h"
#include "engine/core/tensor.h"

// The sizes of a convolution.
namespace convscope {

// Padding by which a stride of 1 keeps the size. PyTorch's padding="same": d(k-1) cells an axis,
// the odd one at the bottom and right.
Padding same_padding(Yx kernel, Yx dilation);

// Output cells along one axis: floor((n + before + after - d(k-1) - 1) / s) + 1, which may be <= 0.
Index conv_output_size(Index n, Index before, Index after, Index kernel, Index stride,
                       Index dilation);

// Shape of the output, [N, C_out, H', W']. Throws Error, with the shapes in the message, where the
// arguments don't fit: weight is [C_out, C_in / groups, kh, kw].
Shape conv2d_output_shape(const Shape& input, const Shape& weight, const Conv2dOptions& options);

}  // namespace convscope
