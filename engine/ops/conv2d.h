#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "engine/core/conv2d_options.h"
#include "engine/core/tensor.h"
#include "engine/ops/conv2d_shape.h"

// 2-D cross-correlation, which PyTorch calls Conv2d, and its gradients, with the semantics of
// torch.nn.functional.conv2d and conv_transpose2d. Shapes throughout: input [N, C_in, H, W], weight
// [C_out, C_in / groups, kh, kw] (transposed: [C_in, C_out / groups, kh, kw]), bias empty or C_out
// values, output [N, C_out, H', W']. Each function has a plain twin in conv2d_reference.h.
namespace convscope::engine {

class Conv2dWorkspace;

// Returns the cross-correlation of `input` with `weight`, plus `bias`:
//
//   output[n, o, y, x] = bias[o] + sum over i, v, u of
//       weight[o, i, v, u] * input[n, i, y s + v d - p, x s + u d - p]
//
// Here s is the stride, d the dilation, p the padding and i runs over the channels of o's group.
// Throws Error as conv2d_output_shape does, and where `bias` is neither empty nor C_out values.
Tensor conv2d(const Tensor& input, const Tensor& weight, std::span<const float> bias = {},
              const Conv2dOptions& options = {});

// Writes the same into `output`, which is resized and keeps its allocation where possible; it must
// not be `input` or `weight`. Returns false, with unspecified values in `output`, if `stop` was
// requested before the end.
[[nodiscard]] bool conv2d_into(const Tensor& input, const Tensor& weight,
                               std::span<const float> bias, const Conv2dOptions& options,
                               Tensor& output, const std::stop_token& stop = {});
// Reuses the memory in `workspace` from one evaluation to the next (conv2d_plan.h).
[[nodiscard]] bool conv2d_into(const Tensor& input, const Tensor& weight,
                               std::span<const float> bias, const Conv2dOptions& options,
                               Tensor& output, Conv2dWorkspace& workspace,
                               const std::stop_token& stop = {});

// Return the gradients of a scalar loss with respect to the input, weight and bias, given
// d(loss)/d(output) = `grad_output` [N, C_out, H', W'], as torch.nn.grad.conv2d_input and
// conv2d_weight do. Nothing is divided by the batch size: the loss need not be a mean. Throw Error
// where the shapes don't fit.
Tensor conv2d_grad_input(const Tensor& grad_output, const Tensor& weight, const Shape& input_shape,
                         const Conv2dOptions& options = {});
Tensor conv2d_grad_weight(const Tensor& input, const Tensor& grad_output, const Shape& weight_shape,
                          const Conv2dOptions& options = {});
std::vector<float> conv2d_grad_bias(const Tensor& grad_output);

// Write the same into `grad_input` and `grad_weight`, which already have their shapes, and reuse
// the memory in `workspace`. Return false, with unspecified values, if `stop` was requested before
// the end.
[[nodiscard]] bool conv2d_grad_input_into(const Tensor& grad_output, const Tensor& weight,
                                          const Conv2dOptions& options, Tensor& grad_input,
                                          Conv2dWorkspace& workspace,
                                          const std::stop_token& stop = {});
[[nodiscard]] bool conv2d_grad_weight_into(const Tensor& input, const Tensor& grad_output,
                                           const Conv2dOptions& options, Tensor& grad_weight,
                                           Conv2dWorkspace& workspace,
                                           const std::stop_token& stop = {});

}  // namespace convscope::engine
