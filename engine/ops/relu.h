#pragma once

#include <concepts>

#include "engine/core/tensor.h"

namespace convscope::engine {

// Returns max(x, 0) of every value, [N, C, H, W]; NaN stays NaN, as in torch.nn.functional.relu.
Tensor relu(const Tensor& input);
// Writes the same into `output`, which is resized; it may be `input` itself.
void relu_into(const Tensor& input, Tensor& output);

// Returns the gradient with respect to `input`: grad_output where relu_passes(input), else 0.
// Throws Error where the shapes differ.
Tensor relu_grad(const Tensor& grad_output, const Tensor& input);
// Writes the same into `gradient`, which is resized; it may be `grad_output` or `input` itself.
void relu_grad_into(const Tensor& grad_output, const Tensor& input, Tensor& gradient);

// Returns whether the gradient of what ReLU makes of `value` passes backward: for positive values
// and, as in PyTorch, for NaN, but not at 0 itself.
template <std::floating_point T>
bool relu_passes(T value) {
  return !(value <= T{0});
}

// Throws Error where the output's gradient does not have the input's shape.
void require_relu_shapes(const Shape& grad_output, const Shape& input);

}  // namespace convscope::engine
