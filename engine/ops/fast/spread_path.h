#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/conv2d.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::fast {

// Spreads each value of `small` through the kernel, for every option: transposed convolution, and
// the gradient of a convolution's input. A cell of the padded large is reached only by the taps
// whose distance has the same remainder by the stride; for each such pair of remainders (a phase)
// this is a correlation of small with a stride of 1. What lands in the padding is added to the cell
// whose copy stands there. `large` has its shape; `bias` is empty unless the padding is zeros.
// False if stopped.
[[nodiscard]] bool spread_path(const Tensor& small, const Tensor& weight,
                               std::span<const float> bias, const Conv2dOptions& options,
                               Tensor& large, Workspace& workspace, const std::stop_token& stop);

}  // namespace convscope::fast
