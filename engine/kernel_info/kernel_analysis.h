#pragma once

#include <vector>

#include "engine/core/tensor.h"

// What the numbers of one kernel say about it. A kernel is [1, 1, kh, kw] here, from 1 x 1 on, and
// its weights are finite: Error is thrown for others. All sums are in double.
namespace convscope {

// What a mirrored kernel is to the kernel: the same, its negative, or neither; to 1e-6 of the
// largest |weight|. A kernel of zeros is symmetric.
enum class Symmetry { kNone, kSymmetric, kAntisymmetric };

struct KernelFacts {
  double sum = 0.0;           // what a constant input is multiplied by
  double absolute_sum = 0.0;  // Σ|w|: no output is larger than that times the largest |input|
  double norm = 0.0;          // √Σw²
  double smallest = 0.0;      // the smallest and the largest weight
  double largest = 0.0;
  Symmetry left_right = Symmetry::kNone;
  Symmetry up_down = Symmetry::kNone;
  Symmetry half_turn = Symmetry::kNone;  // under 180 degrees: cross-correlation and convolution
};

KernelFacts kernel_facts(const Tensor& kernel);

// The kernel as a sum of outer products, by singular values:
//
//   W[v][u] = Σ_k values[k] · columns[k · kh + v] · rows[k · kw + u]
//
// Columns and rows have the length 1 and are orthogonal to each other; their signs are arbitrary.
struct KernelSvd {
  Yx size;
  std::vector<double> values;  // descending, min(kh, kw) of them
  std::vector<double> columns;
  std::vector<double> rows;
  // Singular values above max(kh, kw) · 2⁻²³ of the largest, as numpy's matrix_rank counts them for
  // float32: what is below may come from the rounding of the weights.
  Index rank = 0;

  bool separable() const { return rank == 1; }
  // The norm of the first product as a share of the kernel's; 0 for a kernel of zeros.
  double first_share() const;
};

KernelSvd kernel_svd(const Tensor& kernel);

// Two 1-D kernels; one after the other they are the kernel column[v] · row[u].
struct SeparablePair {
  std::vector<double> column;  // kh
  std::vector<double> row;     // kw
};

// The first product of the decomposition: of all separable kernels the one nearest to the kernel,
// and the kernel itself where that has rank 1. Scaled so that it reads well: where a separable
// kernel has whole numbers only, so has the pair, the row without a common divisor; else both sum
// up to the same Σ|w|. The column's sum is not negative and, where that is 0, nor is the row's.
SeparablePair separable_pair(const Tensor& kernel, const KernelSvd& svd);

}  // namespace convscope
