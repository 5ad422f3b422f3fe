#include "app/session/training_pace.h"

#include <algorithm>

#include "app/scene/option_limits.h"

namespace convscope::session {

TrainingPace training_pace(const LearningScene& learning) {
  return {learning.rate, learning.share_of_cliff, std::max(1, learning.steps_per_frame),
          std::max(0, learning.steps_per_second)};
}

float step_rate(const TrainingPace& pace, const QuadraticAnalysis* spectrum) {
  const bool known = spectrum != nullptr && spectrum->largest > 0.0;
  if (!(pace.share_of_cliff > 0.0f) || !known) return pace.rate;
  return float_rate(static_cast<double>(pace.share_of_cliff) * spectrum->stable_rate);
}

}  // namespace convscope::session
