#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/conv2d.h"
#include "engine/ops/fast/path_outcome.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::engine::fast {

// Returns whether this path can compute it: stride 1, rows without dilation, one input channel a
// group, and input rows of at least a vector.
bool low_rank_fits(const Shape& large, const Shape& weight, const Conv2dOptions& options);

// Convolves each plane with a kernel of low rank (low_rank.h), a few output rows at a time. For
// each term it passes the input down the columns into memory that stays in the first-level cache,
// then passes the results along the rows. `most` terms must be enough: asserted.
[[nodiscard]] PathOutcome low_rank_path(const Tensor& large, const Tensor& weight, Index most,
                                        std::span<const float> bias, const Conv2dOptions& options,
                                        Tensor& small, Workspace& workspace,
                                        const std::stop_token& stop);

}  // namespace convscope::engine::fast
