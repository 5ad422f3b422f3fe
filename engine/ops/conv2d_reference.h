#pragma once

#include <span>
#include <vector>

#include "engine/ops/conv2d.h"

// conv2d and its gradients as plain loops over every index, simple enough to verify by reading; the
// fast paths are tested against them. Sums are in double. Shapes are those of conv2d.h; the
// arguments must fit (conv2d_output_shape): asserted.
namespace convscope::engine::reference {

Tensor conv2d(const Tensor& input, const Tensor& weight, std::span<const float> bias = {},
              const Conv2dOptions& options = {});
Tensor conv2d_grad_input(const Tensor& grad_output, const Tensor& weight, const Shape& input_shape,
                         const Conv2dOptions& options = {});
Tensor conv2d_grad_weight(const Tensor& input, const Tensor& grad_output, const Shape& weight_shape,
                          const Conv2dOptions& options = {});
std::vector<float> conv2d_grad_bias(const Tensor& grad_output);

}  // namespace convscope::engine::reference
