#include "app/session/training_pace.h"

#include <algorithm>

#include "app/scene/option_limits.h"

namespace convscope::session {

TrainingPace training_pace(const LearningScene& learning) {
  const OptimizerOptions optimizer = optimizer_options(learning.optimizer, learning.tuning);
  return {learning.rate, learning.share_of_cliff, momentum_of(optimizer).value_or(Momentum{}),
          std::max(1, learning.steps_per_frame), std::max(0, learning.steps_per_second)};
}

float step_rate(const TrainingPace& pace, const QuadraticAnalysis* spectrum) {
  const bool known = spectrum != nullptr && spectrum->largest > 0.0;
  if (!(pace.share_of_cliff > 0.0f) || !known) return pace.rate;
  return float_rate(static_cast<double>(pace.share_of_cliff) * cliff_reach(pace.momentum) /
                    spectrum->largest);
}

}  // namespace convscope::session
