#include "app/session/known_rates.h"

#include <cmath>
#include <numbers>

#include "engine/core/number_text.h"

namespace convscope::session {
namespace {

// "0.949 ∠ 12°", and for real roots "0.9" or "−0.9"
std::string root_text(const Root& root) {
  if (!root.pair) return number_text(root.angle > 0.0 ? -root.modulus : root.modulus, 3);
  return number_text(root.modulus, 3) + " ∠ " +
         number_text(root.angle * 180.0 / std::numbers::pi, 2) + "°";
}

// "loses 5.1 % a step", "grows by 12 % a step"
std::string loss_a_step(double decay) {
  const std::string percent = number_text(100.0 * std::abs(std::expm1(-decay)), 2) + " % a step";
  return (decay < 0.0 ? "grows by " : "loses ") + percent;
}

}  // namespace

std::optional<KnownRates> known_rates(const QuadraticAnalysis* spectrum,
                                      const OptimizerOptions& optimizer) {
  const std::optional<Momentum> momentum = momentum_of(optimizer);
  if (!momentum || spectrum == nullptr || !(spectrum->largest > 0.0)) return std::nullopt;
  return KnownRates{spectrum->largest, spectrum->smallest, optimizer.kind, *momentum,
                    momentum_rates(*momentum, spectrum->largest, spectrum->smallest)};
}

std::string cliff_formula(const KnownRates& known) {
  if (known.momentum.beta == 0.0) return "2";
  return known.momentum.nesterov ? "2(1 + β)/(1 + 2β)" : "2(1 + β)";
}

RateReason rate_reason(const KnownRates& known, double rate) {
  const double decay = slowest_decay(known.momentum, rate, known.largest, known.smallest);
  const std::string pace = loss_a_step(decay);
  const std::string slowest =
      (decay < 0.0 ? "the steepest direction " : "the slowest direction ") + pace;
  const Root root = largest_root(known.momentum, rate * known.largest);
  const std::string at = root_text(root);
  if (root.pair) {
    const double around = 2.0 * std::numbers::pi / root.angle;
    return {"Rings: β = " + number_text(known.momentum.beta, 4) +
                " puts the steepest direction's pair of roots at " + at + ", once around in " +
                number_text(around, 2) + " steps; " + slowest + ".",
            "Rings at " + at + ", " + pace};
  }
  if (root.angle > 0.0 && root.modulus > 0.0) {
    return {"Swings: the steepest direction changes sign every step, with the root " + at + "; " +
                slowest + ".",
            "Swings with the root " + at + ", " + pace};
  }
  return {"Nothing rings: " + slowest + ".", "Nothing rings, " + pace};
}

}  // namespace convscope::session
