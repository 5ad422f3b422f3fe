#include "app/session/training_pace.h"

#include <algorithm>

namespace convscope::session {

TrainingPace training_pace(const LearningScene& learning) {
  return {learning.rate, std::max(1, learning.steps_per_frame),
          std::max(0, learning.steps_per_second)};
}

}  // namespace convscope::session
