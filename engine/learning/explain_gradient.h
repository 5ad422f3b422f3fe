#pragma once

#include <string>
#include <vector>

#include "engine/core/weight_place.h"
#include "engine/learning/learning.h"
#include "engine/ops/cell_links.h"

// Explains ∂L/∂w = factor · Σ error · input: the gradient is the correlation of the input with the
// error.
namespace convscope::engine {

// One product: error[n, channel, output] times the value that the weight is multiplied with there.
struct GradientTerm {
  Index n = 0;
  Index channel = 0;  // output channel
  Index input_channel = 0;
  Yx output;
  Yx input;  // (-1, -1) for the constant 1 that a bias is multiplied with
  float error = 0.0f;
  float x = 0.0f;
  double product() const { return static_cast<double>(error) * static_cast<double>(x); }
  friend bool operator==(const GradientTerm&, const GradientTerm&) = default;
};

// The sum that makes the gradient of one parameter.
struct GradientSum {
  Index count = 0;                    // number of products, zeros of the padding included
  Index nonzero = 0;                  // number of products that are not 0
  Index outputs = 0;                  // number of outputs that the mean divides by; 0 for the sum
  double factor = 2.0;                // 2 for the sum, 2 / outputs for the mean
  double products = 0.0;              // sum of all products
  std::vector<GradientTerm> largest;  // descending by absolute value; equal ones row by row
  double value() const { return factor * products; }
};

// Returns the sum behind the gradient of weight[place], for a weight of shape `weight` (as in
// Parameters). `error` [N, C_out, H', W'] is the prediction minus the target. Keeps the `max_terms`
// largest products that are not 0. Takes one pass over the error. Throws Error where the shapes
// don't fit; asserts that the place lies in the weight.
GradientSum explain_gradient(const LearningProblem& problem, const Tensor& error,
                             const Shape& weight, const WeightPlace& place,
                             std::size_t max_terms = 12);

// Does the same for bias[channel], which is multiplied with 1 everywhere.
GradientSum explain_bias_gradient(const LearningProblem& problem, const Tensor& error,
                                  const Shape& weight, Index channel, std::size_t max_terms = 12);

// Returns the cells of one plane of the error that the gradient of this weight sums: those whose
// input cell is not a zero of the padding.
CellGrid summed_errors(Yx weight, const Conv2dOptions& options, const Shape& input,
                       const Shape& output);

// Writes "2·(0.5·1 + 0.3·(−1) + 0.1 (the other 7 terms)) = 0.6": the largest products error ·
// input, at most `max_terms` of them, then the sum of the others that are not 0. The mean begins
// "2/42·(".
std::string gradient_formula(const GradientSum& sum, std::size_t max_terms = 12, int digits = 4);

}  // namespace convscope::engine
