#pragma once

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// Writes columns [first, first + count) of a row whose columns are sorted by their remainder:
// column p stands in phase p % stride at index p / stride.
void interleave_row(const float* const* phases, Index stride, Index first, Index count, float* to);
// Does the reverse: distributes the columns [first, first + count), which stand at `from`, over
// phases of `phase_size` floats that follow each other from `to` on.
void deinterleave_row(const float* from, Index stride, Index first, Index count, Index phase_size,
                      float* to);

// Computes to[i] = rows[0][i] + rows[1][i] + ..., or 0 if there are no rows.
void sum_rows(const float* const* rows, Index row_count, Index count, float* to);

// Computes to[i] += from[i].
void add_row(const float* from, Index count, float* to);

// Computes to[i] += factor * from[i * step].
void add_scaled_row(const float* from, Index step, float factor, Index count, float* to);

// Computes to[i] = from[i] / (divisors[i] * divisor).
void divide_row(const float* from, const float* divisors, float divisor, Index count, float* to);

// Returns whether no value of rows `stride` floats apart is infinite or NaN.
bool finite_rows(const float* first, Index rows, Index stride, Index count);

// Returns the sum of a row, in double.
double sum_of_row(const float* from, Index count);

}  // namespace convscope::engine::fast
