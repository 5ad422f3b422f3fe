#pragma once

#include <vector>

#include "engine/core/tensor.h"

// Properties of a single kernel [1, 1, kh, kw]. Throw Error for other shapes and for weights that
// are not finite. All sums are in double.
namespace convscope::engine {

// Whether the mirrored kernel equals the kernel, is its negative, or neither, to 1e-6 of the
// largest |weight|. A kernel of zeros is symmetric.
enum class Symmetry { kNone, kSymmetric, kAntisymmetric };

// Facts about one kernel.
struct KernelFacts {
  double sum = 0.0;           // factor by which a constant input is multiplied
  double absolute_sum = 0.0;  // Σ|w|: no output exceeds this times the largest |input|
  double norm = 0.0;          // √Σw²
  double smallest = 0.0;      // smallest and largest weight
  double largest = 0.0;
  Symmetry left_right = Symmetry::kNone;
  Symmetry up_down = Symmetry::kNone;
  Symmetry half_turn = Symmetry::kNone;  // rotated by 180°, which turns correlation to convolution
};

// Returns sums, extremes and symmetries of the kernel.
KernelFacts kernel_facts(const Tensor& kernel);

// The singular value decomposition of a kernel, a sum of outer products:
//
//   W[v][u] = Σ_k values[k] · columns[k · kh + v] · rows[k · kw + u]
//
// Columns and rows are orthonormal; their signs are arbitrary.
struct KernelSvd {
  Yx size;
  std::vector<double> values;   // descending, min(kh, kw) values
  std::vector<double> columns;  // each of length kh
  std::vector<double> rows;     // each of length kw
  // Number of singular values above max(kh, kw) · 2⁻²³ of the largest, as numpy's matrix_rank
  // counts for float32. Smaller ones may come from the rounding of the weights.
  Index rank = 0;

  bool separable() const { return rank == 1; }
  // Returns the norm of the first product as a share of the kernel's norm; 0 for a kernel of zeros.
  double first_share() const;
};

// Returns the decomposition.
KernelSvd kernel_svd(const Tensor& kernel);

// Two one-dimensional kernels that, applied one after the other, act as the kernel column[v] ·
// row[u].
struct SeparablePair {
  std::vector<double> column;  // kh values
  std::vector<double> row;     // kw values
};

// Returns the first product of the decomposition: the nearest separable kernel, which is the kernel
// itself where its rank is 1. It is scaled to be easy to read: for a separable kernel of whole
// numbers both parts are whole numbers and the row has no common divisor; otherwise both have the
// same Σ|w|. The column's sum is not negative; where it is 0, the row's is not negative.
SeparablePair separable_pair(const Tensor& kernel, const KernelSvd& svd);
// Returns column · row, [1, 1, kh, kw].
Tensor product_of(const SeparablePair& pair);

}  // namespace convscope::engine
