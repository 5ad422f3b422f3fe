#include "app/session/known_rates.h"

#include <cmath>
#include <numbers>
#include <utility>

#include "engine/core/number_text.h"

namespace convscope::session {
namespace {

// "0.949 ∠ 12°", and for real roots "0.9" or "−0.9"
std::string root_text(const Root& root) {
  if (!root.pair) return number_text(root.angle > 0.0 ? -root.modulus : root.modulus, 3);
  return number_text(root.modulus, 3) + " ∠ " +
         number_text(root.angle * 180.0 / std::numbers::pi, 2) + "°";
}

// "5.1 % a step", by how much an error shrinks or grows
std::string change_a_step(double decay) {
  return number_text(100.0 * std::abs(std::expm1(-decay)), 2) + " % a step";
}

// What the direction that decides does: the slowest one, or the steepest where it diverges.
struct Pace {
  std::string direction;  // "slowest"
  std::string does;       // "loses 5.1 % a step", "grows by 12 % a step"
  std::string change;     // "−5.1 % a step", "+12 % a step"
};
Pace pace_of(double decay) {
  const std::string change = change_a_step(decay);
  if (decay < 0.0) return {"steepest", "grows by " + change, "+" + change};
  return {"slowest", "loses " + change, "−" + change};
}

// "Steepest rings at 0.949 ∠ 12°, slowest loses 5.1 % a step", or of the steepest alone.
RateReason reason(std::string sentence, const std::string& verb, const std::string& at,
                  const Pace& pace) {
  const bool same = pace.direction == "steepest";
  return {std::move(sentence),
          "Steepest " + verb + " at " + at + ", " + (same ? "" : pace.direction + " ") + pace.does,
          "Steepest: " + at + ", " + (same ? "" : pace.direction + ": ") + pace.change};
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
  const Pace pace = pace_of(decay);
  const std::string slowest = "the " + pace.direction + " direction " + pace.does;
  const Root root = largest_root(known.momentum, rate * known.largest);
  const std::string at = root_text(root);
  if (root.pair) {
    const double around = 2.0 * std::numbers::pi / root.angle;
    return reason("Rings: β = " + number_text(known.momentum.beta, 4) +
                      " puts the steepest direction's pair of roots at " + at +
                      ", once around in " + number_text(around, 2) + " steps; " + slowest + ".",
                  "rings", at, pace);
  }
  if (root.angle > 0.0 && root.modulus > 0.0) {
    return reason("Swings: the steepest direction changes sign every step, with the root " + at +
                      "; " + slowest + ".",
                  "swings", at, pace);
  }
  const std::string brief = "Nothing rings, " + pace.direction + " " + pace.does;
  return {"Nothing rings: " + slowest + ".", brief, brief};
}

}  // namespace convscope::session
