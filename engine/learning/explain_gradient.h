#pragma once

#include "engine/core/weight_place.h"
#include "engine/explain/explain_grad_weight.h"
#include "engine/learning/learning.h"
#include "engine/ops/cell_links.h"

// Explains ∂L/∂w = factor · Σ error · input, where the error is the prediction minus the target and
// the factor is that of the squared loss.
namespace convscope::engine {

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

}  // namespace convscope::engine
