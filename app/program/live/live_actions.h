#pragma once

#include <variant>

#include "app/program/names.h"
#include "engine/core/tensor.h"

// What can be asked of the learning.
namespace convscope::program {

enum class TrainingCommand {
  kStep,  // in slow motion: the next part
  kRun,
  kPause,
  kToggle,
  kReset,
  kCancel,     // what takes long
  kBack,       // to the keyframe before
  kForth,      // to the one behind
  kSlowMotion  // on or off
};

struct SeekTraining {  // goes back, or forth, to a step that was taken
  Index step = 0;
};

// What one step of gradient descent does, one after the other; slow motion stops at each.
enum class StepPart { kForward, kError, kGradient, kUpdate };

struct ShowStepPart {  // of the present step
  StepPart part = StepPart::kForward;
};

using LiveAction = std::variant<TrainingCommand, SeekTraining, ShowStepPart>;

}  // namespace convscope::program
