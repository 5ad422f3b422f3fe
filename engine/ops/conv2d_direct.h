#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/conv2d.h"

// Direct convolution row by row, for every option, without copies of the input: the path that fits
// always. All shapes must be resolved and `options.transposed` is ignored: callers swap the roles.
// `small` is the tensor with one value for each position of the kernel, `large` the one under the
// kernel; small's sizes may be less than the kernel's positions in large.
namespace convscope::direct {

// small = bias + correlation of large with weight. False if stopped.
[[nodiscard]] bool correlate(const Tensor& large, const Tensor& weight, std::span<const float> bias,
                             const Conv2dOptions& options, Tensor& small,
                             const std::stop_token& stop);

// large = bias + each value of small spread through the kernel. False if stopped.
[[nodiscard]] bool spread(const Tensor& small, const Tensor& weight, std::span<const float> bias,
                          const Conv2dOptions& options, Tensor& large, const std::stop_token& stop);

// The gradient of weight, into `grad_weight`, which has its shape.
void grad_weight(const Tensor& large, const Tensor& small, const Conv2dOptions& options,
                 Tensor& grad_weight);

}  // namespace convscope::direct
