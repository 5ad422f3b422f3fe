#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/fast/workspace.h"
#include "engine/ops/pool2d.h"

namespace convscope::fast {

// Gradients of pooling by vectors and threads, into `grad_input`, which has its shape. The order of
// the sums does not depend on the number of threads. False if stopped.

// Each gradient added at its index; -1 is nowhere. Throws Error where an index lies outside, unless
// it is that of a window of `options`, which may be null, that misses the input.
[[nodiscard]] bool max_pool_grad(const Tensor& grad_output, std::span<const Index> indices,
                                 const Pool2dOptions* options, Tensor& grad_input,
                                 Workspace& workspace, const std::stop_token& stop);

// Each gradient's share added to the cells of its window.
[[nodiscard]] bool average_pool_grad(const Tensor& grad_output, const Pool2dOptions& options,
                                     Tensor& grad_input, Workspace& workspace,
                                     const std::stop_token& stop);

}  // namespace convscope::fast
