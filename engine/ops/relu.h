#pragma once

#include "engine/core/tensor.h"

namespace convscope::engine {

// Returns max(x, 0) of every value, [N, C, H, W]; NaN stays NaN, as in torch.nn.functional.relu.
Tensor relu(const Tensor& input);
// Writes the same into `output`, which is resized; it may be `input` itself.
void relu_into(const Tensor& input, Tensor& output);

// Returns the gradient with respect to `input`: grad_output where input > 0, else 0 (also at 0
// itself, as in PyTorch). Throws Error where the shapes differ.
Tensor relu_grad(const Tensor& grad_output, const Tensor& input);

}  // namespace convscope::engine
