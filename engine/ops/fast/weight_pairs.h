#pragma once

#include "engine/ops/fast/weight_rows.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::engine::fast {

// Fills the tables that describe the rows of each pair.
void describe_pairs(WeightJob& job, Workspace& workspace);

// Adds to `sums`, the weights' gradients, what a part of a band gives for output channels
// [first_output, last_output) of its group, whose rows are paired.
void add_pairs(const WeightJob& job, const Band& band, const Part& part, Index first_output,
               Index last_output, double* sums);

}  // namespace convscope::engine::fast
