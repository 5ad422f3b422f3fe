#pragma once

#include <vector>

#include "engine/core/tensor.h"

namespace convscope::fast {

// A kernel as a sum of a few outer products, column * row, by singular values:
//
//   weight[o][v][u] = sum_{k < rank} columns[o][k][v] * rows[o][k][u]
//
// up to 1e-6 of the largest singular value.
struct LowRank {
  Index rank = 0;              // of the output channel that needs most; 0: more than was asked for
  std::vector<float> columns;  // [C_out][rank][kh]
  std::vector<float> rows;     // [C_out][rank][kw]
};

// The last answer, kept for the next evaluation with the same weight.
struct LowRankCache {
  Tensor weight;
  Index most = 0;
  LowRank factors;
};

// The terms up to which two one-dimensional passes a term take less time than kh * kw products.
Index worthwhile_rank(const Shape& kernel);

// Factors of weight [C_out, 1, kh, kw] if `most` terms are enough.
const LowRank& low_rank(const Tensor& weight, Index most, LowRankCache& cache);

}  // namespace convscope::fast
