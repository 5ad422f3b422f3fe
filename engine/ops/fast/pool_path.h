#pragma once

#include <stop_token>

#include "engine/core/cell_rect.h"
#include "engine/ops/fast/workspace.h"
#include "engine/ops/pool2d.h"

namespace convscope::engine::fast {

// Pool with vectors and threads into the cells of `window` of `output`, which already has its
// shape, and of `indices`, which has one for each output value or is null. Return false if stopped.

// For adjacent windows of 2x2 that all lie inside the input.
bool pool_pairs_fits(const Shape& input, const Shape& output, const Pool2dOptions& options);
[[nodiscard]] bool pool_pairs(const Tensor& input, const Pool2dOptions& options, Tensor& output,
                              Index* indices, const CellRect& window, const std::stop_token& stop);

// For any option. Copies each input row with its padding, as convolution does.
bool pool_taps_fits(const Shape& input, const Pool2dOptions& options);
[[nodiscard]] bool pool_taps(const Tensor& input, const Pool2dOptions& options, Tensor& output,
                             Index* indices, const CellRect& window, Workspace& workspace,
                             const std::stop_token& stop);

}  // namespace convscope::engine::fast
