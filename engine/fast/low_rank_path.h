#pragma once

#include <span>
#include <stop_token>

#include "engine/conv2d.h"
#include "engine/fast/workspace.h"

namespace convscope::fast {

// Convolution of each plane with a kernel of low rank (low_rank.h), tile by tile: for each term the
// rows by its row, then the columns of all terms by their columns. Stride 1, rows undilated, one
// input channel to a group. `most` terms must be enough: asserted. False if stopped.
[[nodiscard]] bool low_rank_path(const Tensor& large, const Tensor& weight, Index most,
                                 std::span<const float> bias, const Conv2dOptions& options,
                                 Tensor& small, Workspace& workspace, const std::stop_token& stop);

}  // namespace convscope::fast
