#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/tensor.h"

// Max and average pooling and their gradients, with the semantics of torch.nn.functional.max_pool2d
// and avg_pool2d. Each function has a plain twin in pool2d_reference.h.
namespace convscope {

class Conv2dWorkspace;

enum class PoolKind { kMax, kAverage };

struct Pool2dOptions {
  PoolKind kind = PoolKind::kMax;
  Yx kernel{2, 2};
  Yx stride{2, 2};
  Yx padding{0, 0};   // on both sides of the axis; at most half the kernel
  Yx dilation{1, 1};  // max only
  // Round the output size up; a window must still start inside the input or its top or left
  // padding.
  bool ceil_mode = false;
  bool count_include_pad = true;  // average only
  Index divisor_override = 0;     // average only; 0 divides by the window's cells
  friend bool operator==(const Pool2dOptions&, const Pool2dOptions&) = default;
};

// Values and, for max pooling, where each was found: y * W + x in the unpadded input plane, as
// PyTorch numbers them. The first of equal values wins; a NaN wins over all (of several the last).
// Where no cell is above -inf the index is that of the window's first place past the top and left
// padding. A dilated window may miss every cell of a small input: it is -inf, at an index that, as
// PyTorch's, is that of another cell or none of the plane.
struct Pool2dResult {
  Tensor output;
  std::vector<Index> indices;  // empty for average pooling, else one for each output value
};

// Throws Error, with the shapes in the message, where the options don't fit the input.
Shape pool2d_output_shape(const Shape& input, const Pool2dOptions& options);

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
