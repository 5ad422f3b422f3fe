#pragma once

#include "engine/core/conv2d_options.h"
#include "engine/core/tensor.h"

// The sizes of a convolution.
namespace convscope::engine {

// Returns the padding that keeps the input's size at stride 1, as PyTorch's padding="same" does:
// d(k-1) cells on each axis, of which an odd one goes to the bottom and right.
Padding same_padding(Yx kernel, Yx dilation);

// Returns the number of output cells along one axis, floor((n + before + after - d(k-1) - 1) / s) +
// 1 (torch.nn.Conv2d). It may be 0 or negative.
Index conv_output_size(Index n, Index before, Index after, Index kernel, Index stride,
                       Index dilation);

// Returns the output's shape, [N, C_out, H', W']. Throws Error, with the shapes in the message,
// where input, weight and options don't fit together.
Shape conv2d_output_shape(const Shape& input, const Shape& weight, const Conv2dOptions& options);

// Throws Error where `grad_output` is not the output's shape, or there is no output.
void require_grad_output(const Shape& grad_output, const Shape& input, const Shape& weight,
                         const Conv2dOptions& options);

}  // namespace convscope::engine
