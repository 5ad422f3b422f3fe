#pragma once

#include <vector>

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// A kernel as a sum of a few outer products of a column and a row, by singular value decomposition:
//
//   weight[o][v][u] = sum_{k < rank} columns[o][k][v] * rows[o][k][u]
//
// exact up to 1e-6 of the largest singular value.
struct LowRank {
  Index rank = 0;  // the most terms of any output channel; 0 where more than asked for are needed
  std::vector<float> columns;  // [C_out][rank][kh]
  std::vector<float> rows;     // [C_out][rank][kw]
};

// The last result, kept for the next evaluation with the same weight.
struct LowRankCache {
  Tensor weight;
  Index most = 0;
  LowRank factors;
};

// Returns the number of terms up to which two one-dimensional passes a term take less time than kh
// * kw products.
Index worthwhile_rank(const Shape& kernel);

// Factors weight [C_out, 1, kh, kw]; the rank is 0 if `most` terms are not enough.
const LowRank& low_rank(const Tensor& weight, Index most, LowRankCache& cache);

}  // namespace convscope::engine::fast
