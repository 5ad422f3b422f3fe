#pragma once

#include <variant>

#include "app/program/names.h"
#include "engine/core/tensor.h"

// The actions that control the learning.
namespace convscope::program {

enum class TrainingCommand {
  kStep,  // one step; in slow motion, the next part of a step
  kRun,
  kPause,
  kToggle,            // runs, or pauses if it is running
  kReset,             // goes back to the start weights
  kCancel,            // cancels the task that takes long
  kPreviousKeyframe,  // goes back to the keyframe before the current step
  kNextKeyframe,      // goes on to the keyframe after the current step
  kSlowMotion         // switches slow motion on or off
};

// Goes back or forward to a step that was taken before.
struct SeekTraining {
  Index step = 0;
};

// The parts of one step of gradient descent, in their order. Slow motion stops at each.
enum class StepPart { kForward, kError, kGradient, kUpdate };

// Goes to a part of the current step, in slow motion.
struct ShowStepPart {
  StepPart part = StepPart::kForward;
};

using LiveAction = std::variant<TrainingCommand, SeekTraining, ShowStepPart>;

}  // namespace convscope::program
