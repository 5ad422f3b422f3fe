#pragma once

#include <string>

#include "engine/learning/quadratic_analysis.h"

namespace convscope::engine {

// Says in one or two sentences what can be learned where not everything can; empty where H has full
// rank. For a constant input: "Only the sum of the weights is learnable: every kernel with that sum
// has the same loss." Where there is no name for it: "Only 2 of 9 directions are learnable: ..."
std::string learnable_text(const QuadraticLoss& loss, const QuadraticAnalysis& analysis);

// Returns whether the loss is constant along `direction`, size() values for a row of this group.
bool is_flat(const QuadraticLoss& loss, Index group, std::span<const double> direction);

}  // namespace convscope::engine
