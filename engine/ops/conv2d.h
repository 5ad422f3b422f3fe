#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "engine/core/conv2d_options.h"
#include "engine/core/tensor.h"
#include "engine/ops/conv2d_shape.h"

// 2-D cross-correlation (what PyTorch calls Conv2d) and its gradients. Semantics are those of
// torch.nn.functional.conv2d; each function has a plain twin in conv2d_reference.h.
namespace convscope {

class Conv2dWorkspace;

// output[n, o, y, x] = bias[o] + sum_{i, v, u} weight[o, i, v, u] * input[n, i, y s + v d - p, x s
// + ...]. `bias` is empty or has C_out values. Throws Error as conv2d_output_shape does.
Tensor conv2d(const Tensor& input, const Tensor& weight, std::span<const float> bias = {},
              const Conv2dOptions& options = {});

// The same into `output`, which is resized and keeps its allocation where it can. Returns false,
// with unspecified values in `output`, if `stop` was requested before the end.
[[nodiscard]] bool conv2d_into(const Tensor& input, const Tensor& weight,
                               std::span<const float> bias, const Conv2dOptions& options,
                               Tensor& output, const std::stop_token& stop = {});
// With memory that is kept from one evaluation to the next (conv2d_plan.h).
[[nodiscard]] bool conv2d_into(const Tensor& input, const Tensor& weight,
                               std::span<const float> bias, const Conv2dOptions& options,
                               Tensor& output, Conv2dWorkspace& workspace,
                               const std::stop_token& stop = {});

// Gradients of a scalar loss with d(loss)/d(output) = `grad_output`. Shapes as in conv2d. Throw
// Error where the shapes don't fit. The loss need not be a mean: nothing is divided by the batch
// size.
Tensor conv2d_grad_input(const Tensor& grad_output, const Tensor& weight, const Shape& input_shape,
                         const Conv2dOptions& options = {});
Tensor conv2d_grad_weight(const Tensor& input, const Tensor& grad_output, const Shape& weight_shape,
                          const Conv2dOptions& options = {});
std::vector<float> conv2d_grad_bias(const Tensor& grad_output);

// The same into `grad_input` and `grad_weight`, which have their shapes already, with memory that
// is kept. False, with unspecified values, if `stop` was requested before the end.
[[nodiscard]] bool conv2d_grad_input_into(const Tensor& grad_output, const Tensor& weight,
                                          const Conv2dOptions& options, Tensor& grad_input,
                                          Conv2dWorkspace& workspace,
                                          const std::stop_token& stop = {});
[[nodiscard]] bool conv2d_grad_weight_into(const Tensor& input, const Tensor& grad_output,
                                           const Conv2dOptions& options, Tensor& grad_weight,
                                           Conv2dWorkspace& workspace,
                                           const std::stop_token& stop = {});

}  // namespace convscope
