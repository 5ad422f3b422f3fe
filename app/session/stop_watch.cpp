#include "app/session/stop_watch.h"

#include <algorithm>

namespace convscope::session {

void StopWatch::start(Index step, double loss) {
  last_loss_ = loss;
  resting_ = 0;
  same_ = 0;
  begin_window(step, loss);
}

void StopWatch::begin_window(Index step, double loss) {
  base_step_ = step;
  base_loss_ = loss;
  least_ = loss;
  most_ = loss;
}

StopReason StopWatch::check(const StopRules& rules, Index step, double loss, double first_loss,
                            std::optional<double> resting) {
  const double before = last_loss_;
  last_loss_ = loss;
  resting_ = resting && loss <= *resting ? resting_ + 1 : 0;
  same_ = loss == before ? same_ + 1 : 0;
  const StopReason flat = plateau(step, loss, first_loss);
  const auto bound = static_cast<double>(rules.loss);
  if (bound > 0.0 && loss < bound && before >= bound) return StopReason::kLoss;
  if (rules.steps > 0 && step == rules.steps) return StopReason::kSteps;
  return rules.ends_at_plateau(step) ? flat : StopReason::kNone;
}

StopReason StopWatch::plateau(Index step, double loss, double first_loss) {
  if (resting_ >= kRestSteps) return StopReason::kRests;
  if (same_ >= kRestSteps) return StopReason::kSame;
  least_ = std::min(least_, loss);
  most_ = std::max(most_, loss);
  if (step < base_step_ + kPlateauSteps) return StopReason::kNone;
  // Near 0 the loss keeps changing by rounding errors.
  const bool flat = most_ - least_ <= kPlateauChange * base_loss_ + 1e-12 * first_loss;
  begin_window(step, loss);
  return flat ? StopReason::kFlat : StopReason::kNone;
}

}  // namespace convscope::session
