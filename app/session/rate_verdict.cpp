#include "app/session/rate_verdict.h"

#include <cmath>

namespace convscope::session {
namespace {

using Kind = RateVerdict::Kind;

// Floats as near as 1/30 comes to it: the steps swing for ever.
bool is_at_cliff(double rate, double largest) {
  return std::abs(rate * largest - 2.0) < 1e-6;
}

// Where a run has ended, short steps may have kept it from coming as near as float32 can.
bool has_converged(const TrainingSnapshot* training) {
  if (training == nullptr || !training->analysis) return false;
  const LeastLoss& least = training->analysis->least;
  return training->loss <= least.resting() ||
         (!training->notice.empty() && least.is_near(training->loss));
}

RateVerdict expected(const QuadraticAnalysis& zones, double rate) {
  if (is_at_cliff(rate, zones.largest)) return {"swings without end", Kind::kWarn};
  if (std::abs(rate - zones.best_rate) <= 0.005 * zones.best_rate)
    return {"converges fastest", Kind::kGood};
  switch (zones.zone(rate)) {
    case RateZone::kConverges:
      return {"converges", Kind::kGood};
    case RateZone::kOscillates:
      if (rate < zones.best_rate) return {"converges, swinging", Kind::kGood};
      return {"oscillates while converging", Kind::kWarn};
    case RateZone::kDiverges:
      break;
  }
  return {"diverges", Kind::kBad};
}

}  // namespace

RateVerdict rate_verdict(const QuadraticAnalysis* zones, float float_rate,
                         const TrainingSnapshot* training) {
  if (training != nullptr && training->state == TrainingState::kDiverged && training->step > 0)
    return {"has diverged", Kind::kBad};
  RateVerdict next =
      zones != nullptr ? expected(*zones, static_cast<double>(float_rate)) : RateVerdict{};
  if (next.kind != Kind::kBad && has_converged(training)) return {"has converged", Kind::kGood};
  return next;
}

}  // namespace convscope::session
