#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/conv2d.h"
#include "engine/ops/fast/path_outcome.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::fast {

// Stride 1, rows undilated, one input channel to a group, and rows of at least a vector.
bool low_rank_fits(const Shape& large, const Shape& weight, const Conv2dOptions& options);

// Convolution of each plane with a kernel of low rank (low_rank.h). A few output rows at a time:
// for each term the rows above each other by its column, into memory that stays in the first-level
// cache, then those by its row. `most` terms must be enough: asserted.
[[nodiscard]] PathOutcome low_rank_path(const Tensor& large, const Tensor& weight, Index most,
                                        std::span<const float> bias, const Conv2dOptions& options,
                                        Tensor& small, Workspace& workspace,
                                        const std::stop_token& stop);

}  // namespace convscope::fast
