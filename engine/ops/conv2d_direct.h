#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/conv2d.h"

// Direct convolution row by row, for every option and without copies of the input; this path fits
// always. Every tensor must already have its shape. `small` is the tensor with one value for each
// position of the kernel, and `large` is the one that the kernel moves over; small may have fewer
// values than the kernel has positions. `options.transposed` is ignored: for a transposed
// convolution or an input gradient the caller exchanges the two.
namespace convscope::engine::direct {

// Computes small = bias + the cross-correlation of large with weight. Returns false if stopped.
[[nodiscard]] bool correlate(const Tensor& large, const Tensor& weight, std::span<const float> bias,
                             const Conv2dOptions& options, Tensor& small,
                             const std::stop_token& stop);

// Computes large = bias + each value of small added through the kernel (the transpose of
// correlate). Returns false if stopped.
[[nodiscard]] bool spread(const Tensor& small, const Tensor& weight, std::span<const float> bias,
                          const Conv2dOptions& options, Tensor& large, const std::stop_token& stop);

// Writes the weight's gradient into `grad_weight`, which already has its shape.
void grad_weight(const Tensor& large, const Tensor& small, const Conv2dOptions& options,
                 Tensor& grad_weight);

}  // namespace convscope::engine::direct
