#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/fast/workspace.h"
#include "engine/ops/pool2d.h"

namespace convscope::engine::fast {

// Compute the gradients of pooling with vectors and threads into `grad_input`, which already has
// its shape. The order of the sums does not depend on the number of threads. Return false if
// stopped.

// Adds each gradient at its index; index -1 adds nothing. Throws Error where an index lies outside
// the plane, unless `options` (may be null) show that its window covers no input cell.
[[nodiscard]] bool max_pool_grad(const Tensor& grad_output, std::span<const Index> indices,
                                 const Pool2dOptions* options, Tensor& grad_input,
                                 Workspace& workspace, const std::stop_token& stop);

// Adds each gradient's share to the cells of its window.
[[nodiscard]] bool average_pool_grad(const Tensor& grad_output, const Pool2dOptions& options,
                                     Tensor& grad_input, Workspace& workspace,
                                     const std::stop_token& stop);

}  // namespace convscope::engine::fast
