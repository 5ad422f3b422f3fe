#pragma once

#include <string>

#include "app/scene/scene.h"

namespace convscope {

// Says when a run is to pause by itself. A rule holds at the step where it comes true: a run that
// goes on after its pause is not stopped again by the same loss or number of steps.
class StopWatch {
 public:
  // The run begins, or goes on, at this step.
  void start(Index step, double loss);
  // After every step: one sentence which rule ended the run, or "". `first_loss` is that of step 0.
  std::string check(const StopRules& rules, Index step, double loss, double first_loss);

  // A plateau: over so many steps the loss has changed by less than this share of it.
  static constexpr Index kPlateauSteps = 100;
  static constexpr double kPlateauChange = 1e-4;

 private:
  double last_loss_ = 0.0;
  Index base_step_ = 0;  // a plateau is looked for from here
  double base_loss_ = 0.0;
};

}  // namespace convscope
