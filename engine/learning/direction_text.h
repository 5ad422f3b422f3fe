#pragma once

#include <string>

#include "engine/learning/quadratic_analysis.h"

namespace convscope::engine {

// Says in one sentence what moves along eigenvector k of a group: "The sum of the weights: all of
// them move alike.", "The left half against the right half; the sum of the weights stays.", or that
// nothing is learned along it.
std::string direction_text(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                           Index group, Index k);

}  // namespace convscope::engine
