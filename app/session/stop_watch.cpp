#include "app/session/stop_watch.h"

#include <cmath>

#include "engine/core/number_text.h"

namespace convscope::session {

void StopWatch::start(Index step, double loss) {
  last_loss_ = loss;
  base_step_ = step;
  base_loss_ = loss;
}

std::string StopWatch::check(const StopRules& rules, Index step, double loss, double first_loss) {
  const double before = last_loss_;
  last_loss_ = loss;
  const auto bound = static_cast<double>(rules.loss);
  if (bound > 0.0 && loss < bound && before >= bound) {
    return "Paused after step " + std::to_string(step) + ": the loss is below " +
           number_text(bound, 3) + ".";
  }
  if (rules.steps > 0 && step == rules.steps) {
    return "Paused after " + std::to_string(step) + (step == 1 ? " step" : " steps") + ", as set.";
  }
  if (step < base_step_ + kPlateauSteps) return "";
  // Near 0 the loss keeps changing by rounding errors.
  const double change = std::abs(loss - base_loss_);
  const bool flat = change <= kPlateauChange * base_loss_ + 1e-12 * first_loss;
  base_step_ = step;
  base_loss_ = loss;
  if (!rules.plateau || !flat) return "";
  return "Paused after step " + std::to_string(step) +
         ": the loss has changed by less than 0.01 % in " + std::to_string(kPlateauSteps) +
         " steps.";
}

}  // namespace convscope::session
