#pragma once

#include <string>

#include "app/scene/scene.h"
#include "app/session/names.h"

namespace convscope::session {

// Decides when a run pauses by itself. A rule applies at the step where it becomes true: a run that
// goes on after its pause is not stopped again by the same loss or number of steps.
class StopWatch {
 public:
  // Must be called when the run begins or goes on, with its step and loss.
  void start(Index step, double loss);
  // Must be called after every step. Returns one sentence that says which rule pauses the run;
  // empty if none does. `first_loss` is the loss of step 0.
  std::string check(const StopRules& rules, Index step, double loss, double first_loss);

  // On a plateau the loss changes by less than kPlateauChange of itself in kPlateauSteps steps.
  static constexpr Index kPlateauSteps = 100;
  static constexpr double kPlateauChange = 1e-4;

 private:
  double last_loss_ = 0.0;
  Index base_step_ = 0;  // start of the current search for a plateau
  double base_loss_ = 0.0;
};

}  // namespace convscope::session
