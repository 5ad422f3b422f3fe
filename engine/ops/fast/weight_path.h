#pragma once

#include <stop_token>

#include "engine/ops/conv2d.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::engine::fast {

// Writes the weight's gradient, for every option, into `grad_weight`, which already has its shape.
// Sums are in float within a band of rows and in double beyond; their order does not depend on the
// number of threads. `small` and `large` are as in conv2d_plan.h. Returns false if stopped.
[[nodiscard]] bool weight_path(const Tensor& large, const Tensor& small,
                               const Conv2dOptions& options, Tensor& grad_weight,
                               Workspace& workspace, const std::stop_token& stop);

}  // namespace convscope::engine::fast
