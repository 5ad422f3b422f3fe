#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/conv2d.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::fast {

// Weights [C_out, 1, kh, kw] as [C_out][kw][kh], in which plane_block reads them.
const float* column_order(const Tensor& weight, Buffer& buffer);

// Output rows [begin, end).
struct RowRange {
  Index begin = 0;
  Index end = 0;
};

// Direct convolution of each plane on its own: stride 1 and one input channel to a group. Blocks
// of output rows stay in registers; the input is read where it is, only the columns at the sides
// pass through a padded copy. `small` has its shape; only `rows` of it are written. False if
// stopped.
[[nodiscard]] bool plane_path(const Tensor& large, const Tensor& weight,
                              std::span<const float> bias, const Conv2dOptions& options,
                              Tensor& small, RowRange rows, Workspace& workspace,
                              const std::stop_token& stop);

}  // namespace convscope::fast
