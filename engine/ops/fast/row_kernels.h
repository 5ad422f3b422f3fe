#pragma once

#include "engine/core/tensor.h"

namespace convscope::fast {

// A row whose columns are sorted by their remainder: column p stands in phase p % stride at index
// p / stride. Writes the columns [first, first + count) to `to`.
void interleave_row(const float* const* phases, Index stride, Index first, Index count, float* to);
// The reverse: the columns [first, first + count), which stand at `from`, into phases of
// `phase_size` floats, which follow each other from `to` on.
void deinterleave_row(const float* from, Index stride, Index first, Index count, Index phase_size,
                      float* to);

// to[i] = rows[0][i] + rows[1][i] + ...; without rows 0.
void sum_rows(const float* const* rows, Index row_count, Index count, float* to);

// to[i] += from[i]
void add_row(const float* from, Index count, float* to);

// to[i] += factor * from[i * step]
void add_scaled_row(const float* from, Index step, float factor, Index count, float* to);

// to[i] = from[i] / (divisors[i] * divisor)
void divide_row(const float* from, const float* divisors, float divisor, Index count, float* to);

// Whether no value of rows `stride` floats apart is infinite or NaN.
bool finite_rows(const float* first, Index rows, Index stride, Index count);

// The sum of a row, in double.
double sum_of_row(const float* from, Index count);

}  // namespace convscope::fast
