#pragma once

#include <stop_token>

#include "engine/core/cell_rect.h"
#include "engine/ops/fast/workspace.h"
#include "engine/ops/pool2d.h"

namespace convscope::fast {

// Pooling by vectors and threads into the cells of `window` of `output`, which has its shape, and
// of `indices`, one for each output value or null. False if stopped.

// Windows of 2x2 side by side, all inside the input.
bool pool_pairs_fits(const Shape& input, const Shape& output, const Pool2dOptions& options);
[[nodiscard]] bool pool_pairs(const Tensor& input, const Pool2dOptions& options, Tensor& output,
                              Index* indices, const CellRect& window, const std::stop_token& stop);

// Any option. Each input row is copied with its padding, as for convolution.
bool pool_taps_fits(const Shape& input, const Pool2dOptions& options);
[[nodiscard]] bool pool_taps(const Tensor& input, const Pool2dOptions& options, Tensor& output,
                             Index* indices, const CellRect& window, Workspace& workspace,
                             const std::stop_token& stop);

}  // namespace convscope::fast
