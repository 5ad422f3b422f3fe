#pragma once

#include <span>
#include <vector>

#include "engine/ops/conv2d.h"

// conv2d and its gradients as plain loops over every index, to be checked by eye and to check the
// fast paths by. Sums are in double. The arguments must fit (conv2d_output_shape): asserted.
namespace convscope::reference {

Tensor conv2d(const Tensor& input, const Tensor& weight, std::span<const float> bias = {},
              const Conv2dOptions& options = {});
Tensor conv2d_grad_input(const Tensor& grad_output, const Tensor& weight, const Shape& input_shape,
                         const Conv2dOptions& options = {});
Tensor conv2d_grad_weight(const Tensor& input, const Tensor& grad_output, const Shape& weight_shape,
                          const Conv2dOptions& options = {});
std::vector<float> conv2d_grad_bias(const Tensor& grad_output);

}  // namespace convscope::reference
