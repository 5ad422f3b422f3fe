#pragma once

#include <span>
#include <stop_token>

#include "engine/core/cell_rect.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::fast {

// Direct convolution of several channels at once, for every option: each band of input rows is
// copied with its padding, then blocks of output channels times columns stay in registers while all
// weights pass by. `small` has its shape. False if stopped.
[[nodiscard]] bool layer_path(const Tensor& large, const Tensor& weight,
                              std::span<const float> bias, const Conv2dOptions& options,
                              Tensor& small, Workspace& workspace, const std::stop_token& stop);
// Only the cells of `window`, to the last bit as in a whole evaluation.
[[nodiscard]] bool layer_path(const Tensor& large, const Tensor& weight,
                              std::span<const float> bias, const Conv2dOptions& options,
                              Tensor& small, const CellRect& window, Workspace& workspace,
                              const std::stop_token& stop);

}  // namespace convscope::fast
