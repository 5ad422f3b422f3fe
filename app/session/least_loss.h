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
};

LeastLoss least_loss(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                     const Parameters& start);

}  // namespace convscope::session
