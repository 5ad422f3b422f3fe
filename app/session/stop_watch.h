#pragma once

#include <optional>

#include "app/scene/scene.h"
#include "app/session/names.h"

namespace convscope::session {

// Why a run ended by itself.
enum class StopReason {
  kNone,
  kLoss,   // the loss fell below what was set
  kSteps,  // as many steps as were set
  kRests,  // the loss is the least that can be reached
  kSame,   // the loss has stayed the same to the bit
  kFlat    // the loss hardly changes: a plateau
};

// Decides when a run ends by itself. A rule applies at the step where it becomes true: a run that
// goes on after its pause is not stopped again by the same loss or number of steps.
class StopWatch {
 public:
  // Must be called when the run begins or goes on, with its step and loss.
  void start(Index step, double loss);
  // Must be called after every step. Returns which rule ends the run, if one does. `first_loss` is
  // the loss of step 0, and `resting` the loss from which on nothing is left to learn, where that
  // is known.
  StopReason check(const StopRules& rules, Index step, double loss, double first_loss,
                   std::optional<double> resting = std::nullopt);

  // On a plateau the loss changes by less than kPlateauChange of itself in kPlateauSteps steps.
  static constexpr Index kPlateauSteps = 100;
  static constexpr double kPlateauChange = 1e-4;
  // A loss with momentum passes through its minimum, and so must stay there for some steps.
  static constexpr int kRestSteps = 5;

 private:
  StopReason plateau(Index step, double loss, double first_loss);
  void begin_window(Index step, double loss);

  double last_loss_ = 0.0;
  int resting_ = 0, same_ = 0;  // steps in a row
  // The current search for a plateau.
  Index base_step_ = 0;
  double base_loss_ = 0.0, least_ = 0.0, most_ = 0.0;
};

}  // namespace convscope::session
