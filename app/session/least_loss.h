#pragma once

#include "app/session/names.h"
#include "engine/learning/quadratic_analysis.h"

namespace convscope::session {

// What a loss can come to, for telling when a run is there.
struct LeastLoss {
  double least = 0.0;  // of any parameters
  // Two losses that differ by less are the same to parameters in float32.
  double rounding = 0.0;

  // From here on no step changes a digit that is shown.
  double resting() const { return least * (1.0 + 1e-6) + rounding; }
  // Returns whether rounding is all that is left of a loss of this size.
  bool is_rounding(double loss) const { return loss <= rounding; }
  // Returns whether a loss is so near to the least that its digits tell no difference, though not
  // as near as float32 can come.
  bool is_near(double loss) const { return loss - least <= 1e-4 * least + 0x1p14 * rounding; }
};

// Returns what the loss can come to, from its analysis and the parameters of step 0.
LeastLoss least_loss(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                     const Parameters& start);

}  // namespace convscope::session
