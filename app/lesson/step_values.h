#pragma once

#include <stop_token>

#include "app/files/memory_limit.h"
#include "app/lesson/lesson.h"
#include "app/lesson/names.h"
#include "app/lesson/word.h"

namespace convscope::lesson {

// How much memory the values of a step may take; unlimited by default.
struct StepLimits {
  MemoryLimit results;
  MemoryLimit learning;
};

// Computes what the window shows of a step as its author left it: the results of its scene and,
// where the step has use for it, a run of the learning with as many steps as `show` asks for. Rules
// that would end the run are not asked. If `stop` is requested, the run may have fewer steps.
// `known` are the results of the step's scene where they need not be computed.
StepValues values_of(const Step& step, const StepLimits& limits = {},
                     const std::stop_token& stop = {}, const ResultsPtr& known = nullptr);

// Does the same for what a question of the step supposes, of which its answers are true.
StepValues supposed_values(const Step& step, const Prediction& prediction,
                           const StepLimits& limits = {}, const std::stop_token& stop = {});

}  // namespace convscope::lesson
