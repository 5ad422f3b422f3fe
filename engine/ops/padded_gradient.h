#pragma once

#include "engine/ops/conv2d.h"

// The input gradient of an ordinary (not transposed) convolution, seen as a convolution itself: the
// output gradient is spread by the stride, and correlated with the kernel turned by 180° wherever
// the two overlap.
//
//   conv2d(stride_spread(grad_output, ...), rotated_180(weight, groups), {}, {dilation, groups})
//       == conv2d_grad_padded_input(grad_output, ...)
namespace convscope::engine {

// Returns the gradient with respect to the padded input, [N, C_in, top + H + bottom, left + W +
// right], given d(loss)/d(output) = `grad_output` [N, C_out, H', W']. Input cell (y, x) stands at
// (y + top, x + left). The gradient of zeros in the ring falls off; that of copies is added to the
// cells that they are copies of, which gives conv2d_grad_input. For a transposed convolution, which
// pads no input, it is conv2d_grad_input. Throws Error where the shapes don't fit.
Tensor conv2d_grad_padded_input(const Tensor& grad_output, const Tensor& weight,
                                const Shape& input_shape, const Conv2dOptions& options = {});

// Writes the same into `gradient`, which is resized, and reuses the memory in `workspace`. Returns
// false, with unspecified values, if `stop` was requested before the end.
[[nodiscard]] bool conv2d_grad_padded_input_into(const Tensor& grad_output, const Tensor& weight,
                                                 const Shape& input_shape,
                                                 const Conv2dOptions& options, Tensor& gradient,
                                                 Conv2dWorkspace& workspace,
                                                 const std::stop_token& stop = {});

// Returns the shape of this gradient: of the input with its padding, or of the input alone for a
// transposed convolution.
Shape padded_input_shape(const Shape& input_shape, const Conv2dOptions& options);

// Returns the output gradient with stride - 1 zeros between its cells and d(k - 1) zeros around
// them, [N, C_out, top + H + bottom + d(kh - 1), left + W + right + d(kw - 1)]: cell (y, x) stands
// at (y s + d(kh - 1), x s + d(kw - 1)). Rows and columns of the padded input that no window covers
// add zeros at the bottom and right. For an ordinary convolution: asserted. Throws Error where the
// shapes don't fit.
Tensor stride_spread(const Tensor& grad_output, const Shape& weight_shape, const Shape& input_shape,
                     const Conv2dOptions& options = {});

// Returns the weight [C_out, C_in / groups, kh, kw] as [C_in, C_out / groups, kh, kw], or the other
// way round, with each kernel turned by 180°. Correlating with it does what spreading through
// `weight` does.
Tensor rotated_180(const Tensor& weight, Index groups);
// Writes the same into `rotated`, which is resized and must not be `weight`.
void rotate_180(const Tensor& weight, Index groups, Tensor& rotated);

}  // namespace convscope::engine
