#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/fast/workspace.h"
#include "engine/ops/pool2d.h"

namespace convscope::engine::fast {

// Computes the gradient of max pooling with vectors and threads into `grad_input`, which already
// has its shape: adds each gradient at its index; index -1 adds nothing. The order of the sums does
// not depend on the number of threads. Throws Error where an index lies outside the plane, unless
// `options` (may be null) show that its window covers no input cell. Returns false if stopped.
[[nodiscard]] bool max_pool_grad(const Tensor& grad_output, std::span<const Index> indices,
                                 const Pool2dOptions* options, Tensor& grad_input,
                                 Workspace& workspace, const std::stop_token& stop);

}  // namespace convscope::engine::fast
