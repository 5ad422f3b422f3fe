#pragma once

#include <chrono>

#include "app/scene/scene.h"
#include "app/session/names.h"
#include "engine/learning/quadratic_analysis.h"

namespace convscope::session {

// How a run goes on, which may change in the middle of it.
struct TrainingPace {
  float rate = 0.0f;
  float share_of_cliff = 0.0f;  // above 0 instead of the rate, where the cliff is known
  Momentum momentum = {};       // on which the cliff depends; none for Adam
  Index steps_per_frame = 1;
  Index steps_per_second = 0;  // instead of those; 0 means by frames

  static constexpr std::chrono::milliseconds kFrame{16};

  // Returns the steps from one picture of the run to the next, and the time between the two.
  Index batch() const { return steps_per_second > 0 ? 1 : steps_per_frame; }
  std::chrono::milliseconds pause() const {
    return steps_per_second > 0 ? std::chrono::milliseconds(1000 / steps_per_second) : kFrame;
  }
};

TrainingPace training_pace(const LearningScene& learning);

// Returns the rate of the next step. `spectrum` is null while it is not known.
float step_rate(const TrainingPace& pace, const QuadraticAnalysis* spectrum);

}  // namespace convscope::session
