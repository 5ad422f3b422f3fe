#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/learning/gram_sums.h"

namespace convscope::engine {

// The eigenvalues and eigenvectors of a symmetric matrix.
struct SymmetricEigen {
  std::vector<double> values;   // descending
  std::vector<double> vectors;  // unit vectors; that of values[k] is at [k * n, (k + 1) * n)
};

// Returns all eigenvalues and eigenvectors of a symmetric matrix [n, n] of finite numbers, by
// Householder's reduction to a tridiagonal matrix and implicit QR steps with Wilkinson's shift
// (Golub, Van Loan: Matrix Computations, 8.3). Unlike Eigen's solver it can be stopped within
// milliseconds, reports progress and uses all threads. Returns nullopt if `stop` was requested.
// Deterministic to the bit.
std::optional<SymmetricEigen> symmetric_eigen(std::span<const double> matrix, Index n,
                                              const std::stop_token& stop = {},
                                              const Progress& progress = {});

}  // namespace convscope::engine
