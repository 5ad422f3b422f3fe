#pragma once

#include <string>

#include "app/session/names.h"
#include "app/session/stop_watch.h"
#include "app/session/training_run.h"

// Says in one sentence why a run has ended.
namespace convscope::session {

// "Converged after step 42: the least that any 1 × 2 kernel can reach is 2." `rate` is that of the
// last step, and `rules` those that ended the run. Empty for no reason.
std::string conclusion_text(const TrainingRun& run, float rate, const StopRules& rules,
                            StopReason reason);

// "Diverged after step 12: each step overshoots by more than it corrects, as η·λ = 2.4 > 2. Choose
// a rate below 0.0333 and press Reset."
std::string divergence_text(const TrainingRun& run, float rate);

}  // namespace convscope::session
