#pragma once

#include <string>

#include "engine/explain/explain_backward.h"
#include "engine/explain/explain_grad_weight.h"

// Write the arithmetic of one number of a gradient as a line of text, with the numbers put in.
namespace convscope::engine {

// Writes "0.5·(−1) + 0.25·2 = 0": gradient · weight, the largest products first, at most
// `max_terms` of those that the sum keeps, then the sum of the others that are not 0: "0.5·(−1) +
// 0.1 (the other 7 terms) = −0.4". Where all are 0, writes "4 terms that are 0 = 0", and where
// there are none "0, as no output sums it".
std::string backward_formula(const BackwardSum& sum, std::size_t max_terms = 12, int digits = 4);

// Writes "0.5·1 + 0.3·(−1) + 0.1 (the other 7 terms) = 0.3" in the same way: gradient · input.
// With the factor of a loss it is "2·(0.5·1 + ...) = 0.6", for a mean "2/42·(...)".
std::string gradient_formula(const GradientSum& sum, std::size_t max_terms = 12, int digits = 4);

// Writes the gradient of a pooling's input cell: "0.5 + 0.25 = 0.75" for max pooling, "0.5/4 + 1/4
// = 0.375" for an average, with the other terms as above. Says why nothing comes: "0, as it is not
// the largest of any window", "0, as an equal cell before it won" or "0, as no window covers it".
std::string pool_backward_formula(const PoolBackwardSum& sum, std::size_t max_terms = 12,
                                  int digits = 4);
// Writes the pooled cells of these terms in the same order: "(0, 1), (1, 1) and 3 others". Empty
// where there are none.
std::string pool_backward_outputs(const PoolBackwardSum& sum, std::size_t max_terms = 12);

// Writes "0.5 passes, as Y was 2" where the gradient passes, and "0, as Y was −0.4" where it does
// not; `symbol` is the name of what went into ReLU.
std::string relu_backward_text(const ReluBackward& relu, const std::string& symbol = "Y",
                               int digits = 4);

}  // namespace convscope::engine
