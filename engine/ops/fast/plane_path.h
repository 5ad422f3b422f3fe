#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/conv2d.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::engine::fast {

// Returns weights [C_out, 1, kh, kw] reordered as [C_out][kw][kh], which plane_block reads.
const float* column_order(const Tensor& weight, Buffer& buffer);

// Output rows [begin, end).
struct RowRange {
  Index begin = 0;
  Index end = 0;
};

// Convolves each plane on its own: stride 1 and one input channel a group. The sums of a block of
// output rows stay in registers. The input is read in place; only the columns at the sides go
// through a padded copy. `small` already has its shape; only `rows` of it are written. Returns
// false if stopped.
[[nodiscard]] bool plane_path(const Tensor& large, const Tensor& weight,
                              std::span<const float> bias, const Conv2dOptions& options,
                              Tensor& small, RowRange rows, Workspace& workspace,
                              const std::stop_token& stop);

}  // namespace convscope::engine::fast
