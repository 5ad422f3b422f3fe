#pragma once

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// Adds the products of every row of `a` with every row of `b`. This is how a weight's gradient
// arises from rows of the output's gradient and rows of the input:
//
//   sums[a_places[i] + b_places[j]] += sum_{x < width} a[i][x] * b[j][x]
//
// for each of `steps` sets of rows, whose pointers follow each other. The rows are read up to a
// multiple of the lanes; values beyond the width don't count.
struct RowProducts {
  const float* const* a;  // [steps][a_count]
  const float* const* b;  // [steps][b_count]
  Index a_count = 1;      // at most RowProductsBlocking::a
  Index b_count = 1;
  Index steps = 1;
  Index width = 0;
  double* sums;
  const Index* a_places;
  const Index* b_places;
  // Whether the first rows of the next set are fetched meanwhile, as they were not read before.
  bool ahead = false;
};

// The most rows of a call, and the lanes, on this machine.
struct RowProductsBlocking {
  Index a = 1;
  Index b = 1;
  Index lanes = 1;
};

RowProductsBlocking row_products_blocking();
void row_products(const RowProducts& rows);

}  // namespace convscope::engine::fast
