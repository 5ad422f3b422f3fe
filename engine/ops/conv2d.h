#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "engine/core/conv2d_options.h"
#include "engine/core/tensor.h"
#include "engine/core/weight_place.h"

// 2-D cross-correlation (what PyTorch calls Conv2d) and its gradients. Semantics are those of
// torch.nn.functional.conv2d; each function has a plain twin in conv2d_reference.h.
namespace convscope {

class Conv2dWorkspace;

// Padding by which a stride of 1 keeps the size. PyTorch's padding="same": d(k-1) cells an axis,
// the odd one at the bottom and right.
Padding same_padding(Yx kernel, Yx dilation);

// Output cells along one axis: floor((n + before + after - d(k-1) - 1) / s) + 1, which may be <= 0.
Index conv_output_size(Index n, Index before, Index after, Index kernel, Index stride,
                       Index dilation);

// Shape of the output, [N, C_out, H', W']. Throws Error, with the shapes in the message, where the
// arguments don't fit: weight is [C_out, C_in / groups, kh, kw].
Shape conv2d_output_shape(const Shape& input, const Shape& weight, const Conv2dOptions& options);

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

// Adds to `output`, the result of conv2d with this input and these options (not transposed), what
// changes when one weight grows by `delta`: delta times the shifted input. Far less work than a
// full evaluation; repeated, it gathers rounding errors that only a full evaluation removes. False,
// with part of the output changed, if `stop` was requested before the end.
[[nodiscard]] bool conv2d_update_weight(const Tensor& input, const WeightPlace& weight, float delta,
                                        const Conv2dOptions& options, Tensor& output,
                                        const std::stop_token& stop = {});
// For one kernel, [1, 1, kh, kw].
[[nodiscard]] bool conv2d_update_weight(const Tensor& input, Yx weight, float delta,
                                        const Conv2dOptions& options, Tensor& output,
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
