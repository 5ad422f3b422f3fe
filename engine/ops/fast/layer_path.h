#pragma once

#include <span>
#include <stop_token>

#include "engine/core/cell_rect.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::engine::fast {

// Convolves several channels at once, for every option. Each band of input rows is copied with its
// padding; then the sums of a block of output channels times columns stay in registers while the
// kernel goes through all weights. `small` already has its shape. Returns false if stopped.
[[nodiscard]] bool layer_path(const Tensor& large, const Tensor& weight,
                              std::span<const float> bias, const Conv2dOptions& options,
                              Tensor& small, Workspace& workspace, const std::stop_token& stop);
// Computes only the cells of `window`, with the same bits as a whole evaluation.
[[nodiscard]] bool layer_path(const Tensor& large, const Tensor& weight,
                              std::span<const float> bias, const Conv2dOptions& options,
                              Tensor& small, const CellRect& window, Workspace& workspace,
                              const std::stop_token& stop);

}  // namespace convscope::engine::fast
