#include "app/session/conclusion.h"

#include <cmath>
#include <optional>

#include "app/session/known_rates.h"
#include "engine/core/loss_text.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"

namespace convscope::session {
namespace {

std::optional<KnownRates> rates_of(const TrainingRun& run) {
  const QuadraticAnalysis* spectrum = run.analysis() ? &run.analysis()->spectrum : nullptr;
  return known_rates(spectrum, run.optimizer().options());
}

std::string after_step(Index step) {
  return "after step " + std::to_string(step) + ": ";
}

// "1 × 2 kernel", "layer of 3 × 3 filters"
std::string learned_thing(const TrainingData& data) {
  const Shape& s = data.target.weight.shape();
  const std::string size = size_text({s.h, s.w});
  const std::string thing = s.n * s.c == 1 ? size + " kernel" : "layer of " + size + " filters";
  return data.bias ? thing + " with a bias" : thing;
}

std::string converged_text(const TrainingRun& run) {
  const std::string converged = "Converged " + after_step(run.step_count());
  const LeastLoss& least = run.analysis()->least;
  if (least.is_rounding(least.least))
    return converged + "the loss no longer changes; what is left of it is rounding.";
  return converged + "the least that any " + learned_thing(run.data()->data) + " can reach is " +
         loss_text(least.least, 4) + ".";
}

// Where a step is too short to move the weights, or moves them from one side to the other.
std::string stalled_text(const TrainingRun& run, float rate, StopReason reason) {
  const bool same = reason == StopReason::kSame;
  const std::string text = "Paused " + after_step(run.step_count()) +
                           (same ? "the loss no longer changes"
                                 : "the loss has changed by less than 0.01 % in 100 steps");
  if (!run.analysis()) return text + ".";
  const std::optional<KnownRates> known = rates_of(run);
  const double share = known ? static_cast<double>(rate) / known->rates.stable : 0.0;
  if (std::abs(share - 1.0) <= 0.5e-4) {
    return text +
           (known->plain() ? ", as each step overshoots by as much as it corrects: η·λ = "
                           : ", as the steepest direction swings for ever: η·λ = ") +
           cliff_formula(*known) + ".";
  }
  const bool slow = known && static_cast<double>(rate) < 0.5 * known->rates.best;
  const LeastLoss& least = run.analysis()->least;
  const std::string reached = least.is_rounding(least.least) ? "0" : loss_text(least.least, 4);
  return text + ", though it could reach " + reached +
         (slow   ? "; a larger rate gets there sooner."
          : same ? "; a step is less than float32's rounding."
                 : ".");
}

// "2.4 > 2", "4.1 > 2(1 + β) = 3.8": with so many digits that the two differ.
std::string above_cliff(const KnownRates& known, double reach) {
  const double cliff = cliff_reach(known.momentum);
  const std::string formula = cliff_formula(known);
  std::string is;
  std::string limit;
  for (int digits = 3; digits <= 12 && is == limit; ++digits) {
    is = number_text(reach, digits);
    limit = number_text(cliff, digits);
  }
  return is + " > " + formula + (formula == limit ? "" : " = " + limit);
}

}  // namespace

std::string conclusion_text(const TrainingRun& run, float rate, const StopRules& rules,
                            StopReason reason) {
  const Index step = run.step_count();
  switch (reason) {
    case StopReason::kNone:
      return "";
    case StopReason::kLoss:
      return "Paused " + after_step(step) + "the loss is below " +
             number_text(static_cast<double>(rules.loss), 3) + ".";
    case StopReason::kSteps:
      return "Paused after " + std::to_string(step) + (step == 1 ? " step" : " steps") +
             ", as set.";
    case StopReason::kRests:
      return converged_text(run);
    case StopReason::kSame:
    case StopReason::kFlat:
      break;
  }
  const bool there = run.analysis() && run.analysis()->least.is_near(run.loss());
  return there ? converged_text(run) : stalled_text(run, rate, reason);
}

std::string divergence_text(const TrainingRun& run, float rate) {
  const std::optional<KnownRates> known = rates_of(run);
  const double reach = known ? static_cast<double>(rate) * known->largest : 0.0;
  if (!known || !(reach > cliff_reach(known->momentum))) {
    return "Diverged at rate " + number_text(static_cast<double>(rate), 4) + " after step " +
           std::to_string(run.step_count()) + ". Choose a smaller rate and press Reset.";
  }
  return "Diverged " + after_step(run.step_count()) +
         (known->plain() ? "each step overshoots by more than it corrects, as η·λ = "
                         : "the steepest direction grows with each step, as η·λ = ") +
         above_cliff(*known, reach) + ". Choose a rate below " +
         number_text(known->rates.stable, 3) + " and press Reset.";
}

}  // namespace convscope::session
