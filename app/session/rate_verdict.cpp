#include "app/session/rate_verdict.h"

#include <cmath>

namespace convscope::session {
namespace {

using Kind = RateVerdict::Kind;

// Floats as near as 1/30 comes to it: the steps swing for ever.
bool is_at_cliff(const MomentumRates& rates, double rate) {
  return std::abs(2.0 * rate / rates.stable - 2.0) < 1e-6;
}

// Where a run has ended, short steps may have kept it from coming as near as float32 can.
bool has_converged(const TrainingSnapshot* training) {
  if (training == nullptr || !training->analysis) return false;
  const LeastLoss& least = training->analysis->least;
  return training->loss <= least.resting() ||
         (!training->notice.empty() && least.is_near(training->loss));
}

RateVerdict expected(const KnownRates& known, double rate) {
  const MomentumRates& rates = known.rates;
  if (is_at_cliff(rates, rate)) return {"swings without end", Kind::kWarn};
  if (std::abs(rate - rates.best) <= 0.005 * rates.best) return {"converges fastest", Kind::kGood};
  if (rate <= rates.calm) return {"converges", Kind::kGood};
  if (rate >= rates.stable) return {"diverges", Kind::kBad};
  if (!known.plain()) return {"rings while converging", Kind::kWarn};
  if (rate < rates.best) return {"converges, swinging", Kind::kGood};
  return {"oscillates while converging", Kind::kWarn};
}

}  // namespace

RateVerdict rate_verdict(const std::optional<KnownRates>& known, float float_rate,
                         const TrainingSnapshot* training) {
  if (training != nullptr && training->state == TrainingState::kDiverged && training->step > 0)
    return {"has diverged", Kind::kBad};
  RateVerdict next = known ? expected(*known, static_cast<double>(float_rate)) : RateVerdict{};
  if (next.kind != Kind::kBad && has_converged(training)) return {"has converged", Kind::kGood};
  return next;
}

}  // namespace convscope::session
