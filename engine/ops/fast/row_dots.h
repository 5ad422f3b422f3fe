#pragma once

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// Computes sums[j] += a[0] * b[j][0] + ... + a[n - 1] * b[j][n - 1] for `count` rows b[j]. Products
// of floats widened to double are exact, so that only the order of the sum depends on the machine.
void row_dots(const double* a, const double* const* b, Index count, Index n, double* sums);

}  // namespace convscope::engine::fast
