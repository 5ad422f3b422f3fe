#pragma once

#include <stop_token>

#include "engine/ops/fast/workspace.h"
#include "engine/ops/pool2d.h"

namespace convscope::engine::fast {

// Computes the gradient of average pooling with vectors and threads into `grad_input`, which
// already has its shape: adds each gradient's share to the cells of its window. The order of the
// sums does not depend on the number of threads. Returns false if stopped.
[[nodiscard]] bool average_pool_grad(const Tensor& grad_output, const Pool2dOptions& options,
                                     Tensor& grad_input, Workspace& workspace,
                                     const std::stop_token& stop);

}  // namespace convscope::engine::fast
