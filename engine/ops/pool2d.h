#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/core/pool2d_options.h"
#include "engine/core/tensor.h"
#include "engine/ops/pool2d_shape.h"

// Max and average pooling and their gradients, with the semantics of torch.nn.functional.max_pool2d
// and avg_pool2d, and beyond them the padding of ONNX and TensorFlow. Each function has a plain
// twin in pool2d_reference.h.
namespace convscope {

class Conv2dWorkspace;

// Values and, for max pooling, where each was found: y * W + x in the unpadded input plane, as
// PyTorch numbers them. The first of equal values wins; a NaN wins over all (of several the last).
// Where no cell is above -inf the index is that of the window's first place past the top and left
// padding.
//
// A window may see no cell of the input: a dilated one of a small input, or with large padding any.
// Its maximum is -inf, since padding never wins; its average is 0 whatever divides it, with
// count_include_pad as without (so PyTorch and ONNX Runtime have it; 0 / 0 is never told). The
// index of such a maximum is -1 where the padding is large; else, as PyTorch's, it is that of
// another cell or none of the plane.
struct Pool2dResult {
  Tensor output;
  std::vector<Index> indices;  // empty for average pooling, else one for each output value
};

Pool2dResult pool2d(const Tensor& input, const Pool2dOptions& options);
// Into `result`, keeping its allocations; false if `stop` was requested before the end.
[[nodiscard]] bool pool2d_into(const Tensor& input, const Pool2dOptions& options,
                               Pool2dResult& result, const std::stop_token& stop = {});
// With memory that is kept from one evaluation to the next (conv2d_plan.h).
[[nodiscard]] bool pool2d_into(const Tensor& input, const Pool2dOptions& options,
                               Pool2dResult& result, Conv2dWorkspace& workspace,
                               const std::stop_token& stop = {});
// Only the values, which takes less time than with the indices.
[[nodiscard]] bool pool2d_values_into(const Tensor& input, const Pool2dOptions& options,
                                      Tensor& output, Conv2dWorkspace& workspace,
                                      const std::stop_token& stop = {});

// The gradient goes where `indices` say, nowhere for -1. Of a dilated window that misses all of the
// input it goes nowhere either, where its index lies outside the plane: that takes the `options` of
// the pooling. Throws Error where any other index lies outside, and where grad_output has not the
// shape that the options give.
Tensor max_pool2d_grad(const Tensor& grad_output, std::span<const Index> indices,
                       const Shape& input_shape, const std::optional<Pool2dOptions>& options = {});
Tensor avg_pool2d_grad(const Tensor& grad_output, const Shape& input_shape,
                       const Pool2dOptions& options);

// The same into `grad_input`, which has its shape already, with memory that is kept. False, with
// unspecified values, if `stop` was requested before the end.
[[nodiscard]] bool max_pool2d_grad_into(const Tensor& grad_output, std::span<const Index> indices,
                                        Tensor& grad_input, Conv2dWorkspace& workspace,
                                        const std::stop_token& stop = {},
                                        const std::optional<Pool2dOptions>& options = {});
[[nodiscard]] bool avg_pool2d_grad_into(const Tensor& grad_output, const Pool2dOptions& options,
                                        Tensor& grad_input, Conv2dWorkspace& workspace,
                                        const std::stop_token& stop = {});

}  // namespace convscope
