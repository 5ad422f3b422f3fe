#pragma once

#include <string>

#include "engine/learning/quadratic_analysis.h"

namespace convscope {

// What can be learned where not everything can, in one or two sentences; empty where H has full
// rank. E.g. "Only the sum of the weights is learnable: every kernel with that sum has the same
// loss." for a constant input, or "Only 2 of 9 directions are learnable: ..." where there is no
// name for it.
std::string learnable_text(const QuadraticLoss& loss, const QuadraticAnalysis& analysis);

// Whether the loss stays the same along `direction` (of a row of this group, size() values).
bool is_flat(const QuadraticLoss& loss, Index group, std::span<const double> direction);

}  // namespace convscope
