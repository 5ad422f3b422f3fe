#pragma once

#include "engine/ops/fast/weight_rows.h"

namespace convscope::engine::fast {

// Returns the rows of a block where a layer's gradient is to be summed by blocks of rows, as
// gradient_kernels.h does, or 0 where its rows are to be paired.
Index block_rows_for(const Shape& large, const Shape& small, const Shape& kernel,
                     const Conv2dOptions& options);

// Adds to `sums`, the weights' gradients, what a part of a band gives for output channels
// [first_output, last_output) of its group, by blocks of rows.
void add_blocks(const WeightJob& job, const Band& band, const Part& part, Index first_output,
                Index last_output, double* sums);

}  // namespace convscope::engine::fast
