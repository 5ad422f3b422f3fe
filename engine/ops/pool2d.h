#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/core/pool2d_options.h"
#include "engine/core/tensor.h"
#include "engine/ops/pool2d_shape.h"

// Max and average pooling and their gradients, with the semantics of torch.nn.functional.max_pool2d
// and avg_pool2d, extended by the padding of ONNX and TensorFlow. Shapes: input [N, C, H, W],
// output [N, C, H', W']. Each function has a plain twin in pool2d_reference.h.
namespace convscope::engine {

class Conv2dWorkspace;

// The pooled values and, for max pooling, the index of each maximum: y * W + x in the unpadded
// input plane, as PyTorch counts. The first of equal values wins; NaN wins over every number, and
// the last of several NaNs wins. Where no cell of a window is above -inf, the index is that of the
// window's first position that is not in the top or left padding.
//
// A window may cover no input cell: a dilated one over a small input, or any one with large
// padding. Its maximum is -inf, since padding never wins, and its average is 0 whatever the divisor
// (as in PyTorch and ONNX Runtime; 0 / 0 is never computed). With large padding the index of such a
// maximum is -1; otherwise it is PyTorch's, which may be that of another cell or of none in the
// plane.
struct Pool2dResult {
  Tensor output;
  std::vector<Index> indices;  // empty for average pooling, else one for each output value
};

// Returns the pooled values and indices. Throws Error as pool2d_output_shape does.
Pool2dResult pool2d(const Tensor& input, const Pool2dOptions& options);
// Writes them into `result`, keeping its allocations. Returns false, with unspecified values, if
// `stop` was requested before the end.
[[nodiscard]] bool pool2d_into(const Tensor& input, const Pool2dOptions& options,
                               Pool2dResult& result, const std::stop_token& stop = {});
// Reuses the memory in `workspace` from one evaluation to the next (conv2d_plan.h).
[[nodiscard]] bool pool2d_into(const Tensor& input, const Pool2dOptions& options,
                               Pool2dResult& result, Conv2dWorkspace& workspace,
                               const std::stop_token& stop = {});
// Writes only the values, which takes less time than with the indices.
[[nodiscard]] bool pool2d_values_into(const Tensor& input, const Pool2dOptions& options,
                                      Tensor& output, Conv2dWorkspace& workspace,
                                      const std::stop_token& stop = {});

// Return the gradient of a scalar loss with respect to the input, [N, C, H, W], given
// d(loss)/d(output) = `grad_output` [N, C, H', W'].
//
// Max pooling adds each gradient to the cell that its index in `indices` names; index -1 adds
// nothing. An index outside the plane throws Error, unless `options` are given and show that its
// window covers no input cell; then it adds nothing. Throw Error where grad_output doesn't have the
// shape that the options give, and where `indices` doesn't have one index for each gradient.
Tensor max_pool2d_grad(const Tensor& grad_output, std::span<const Index> indices,
                       const Shape& input_shape, const std::optional<Pool2dOptions>& options = {});
Tensor avg_pool2d_grad(const Tensor& grad_output, const Shape& input_shape,
                       const Pool2dOptions& options);

// Write the same into `grad_input`, which already has its shape, and reuse the memory in
// `workspace`. Return false, with unspecified values, if `stop` was requested before the end.
[[nodiscard]] bool max_pool2d_grad_into(const Tensor& grad_output, std::span<const Index> indices,
                                        Tensor& grad_input, Conv2dWorkspace& workspace,
                                        const std::stop_token& stop = {},
                                        const std::optional<Pool2dOptions>& options = {});
[[nodiscard]] bool avg_pool2d_grad_into(const Tensor& grad_output, const Pool2dOptions& options,
                                        Tensor& grad_input, Conv2dWorkspace& workspace,
                                        const std::stop_token& stop = {});

}  // namespace convscope::engine
