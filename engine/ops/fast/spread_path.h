#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/conv2d.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::engine::fast {

// Adds each value of `small` through the kernel, for every option: transposed convolution, and the
// gradient with respect to a convolution's input. Only taps whose distance has the same remainder
// modulo the stride reach a cell of the padded large; for each such pair of remainders (a phase)
// this is a correlation of small with stride 1. Values that land in the padding are added to the
// cell that the padding copies. `large` already has its shape; `bias` must be empty unless the
// padding mode is zeros. Returns false if stopped.
[[nodiscard]] bool spread_path(const Tensor& small, const Tensor& weight,
                               std::span<const float> bias, const Conv2dOptions& options,
                               Tensor& large, Workspace& workspace, const std::stop_token& stop);

}  // namespace convscope::engine::fast
