#pragma once

#include <string>
#include <vector>

#include "engine/core/weight_place.h"
#include "engine/learning/learning.h"
#include "engine/ops/cell_links.h"

// ∂L/∂w = factor · Σ error · input: the gradient is the correlation of the input with the error.
namespace convscope {

// One product: error[n, channel, output] times the value that the weight meets there.
struct GradientTerm {
  Index n = 0;
  Index channel = 0;  // of the error
  Index input_channel = 0;
  Yx output;
  Yx input;  // (-1, -1) for the 1 that a bias meets
  float error = 0.0f;
  float x = 0.0f;
  double product() const { return static_cast<double>(error) * static_cast<double>(x); }
  friend bool operator==(const GradientTerm&, const GradientTerm&) = default;
};

struct GradientSum {
  Index count = 0;                    // products, zeros of the padding included
  Index nonzero = 0;                  // products that are not 0
  Index outputs = 0;                  // that the mean divides by; 0 for the sum
  double factor = 2.0;                // 2, or 2 / outputs
  double products = 0.0;              // their sum
  std::vector<GradientTerm> largest;  // by absolute value, falling; among equals in reading order
  double value() const { return factor * products; }
};

// The sum behind the gradient of weight[place], of a weight of shape `weight` (as in Parameters).
// `error` is the prediction minus the target. Keeps the `most` largest products that are not 0; one
// pass over the error. Throws Error where the shapes don't fit; asserts that the place is inside.
GradientSum explain_gradient(const LearningProblem& problem, const Tensor& error,
                             const Shape& weight, const WeightPlace& place, std::size_t most = 12);

// The same for bias[channel], which meets a 1 everywhere.
GradientSum explain_bias_gradient(const LearningProblem& problem, const Tensor& error,
                                  const Shape& weight, Index channel, std::size_t most = 12);

// The cells of one plane of the error that the gradient of this weight sums: those whose input cell
// is not a zero of the padding.
CellGrid summed_errors(Yx weight, const Conv2dOptions& options, const Shape& input,
                       const Shape& output);

// "2·(0.5·1 + 0.3·(−1) + 0.1 (the other 7 terms)) = 0.6": error · input, then what the rest of the
// terms that are not 0 sum to. The mean begins "2/42·(". At most `most` of the largest are written
// out.
std::string gradient_formula(const GradientSum& sum, std::size_t most = 12, int digits = 4);

}  // namespace convscope
