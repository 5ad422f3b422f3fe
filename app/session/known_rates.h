#pragma once

#include <optional>
#include <string>

#include "app/session/names.h"
#include "engine/learning/quadratic_analysis.h"

namespace convscope::session {

// What the eigenvalues say about each rate of an optimizer.
struct KnownRates {
  double largest = 0.0;   // λmax of H, above 0
  double smallest = 0.0;  // the smallest λ that is not 0
  OptimizerKind kind = OptimizerKind::kSgd;
  Momentum momentum;
  MomentumRates rates;

  bool plain() const { return kind == OptimizerKind::kSgd; }
};

// Returns nullopt for Adam, whose steps depend on more than the eigenvalues, and where those are
// not known (`spectrum` is null) or are all 0.
std::optional<KnownRates> known_rates(const QuadraticAnalysis* spectrum,
                                      const OptimizerOptions& optimizer);

// Writes the cliff of η·λmax: "2", "2(1 + β)" or "2(1 + β)/(1 + 2β)".
std::string cliff_formula(const KnownRates& known);

// Why a rate does what it does: "Rings: β = 0.9 puts the steepest direction's pair of roots at
// 0.949 ∠ 12°, once around in 30 steps; the slowest direction loses 5.1 % a step." The root is the
// steepest direction's and the loss the slowest one's, which the shorter forms say too.
struct RateReason {
  std::string sentence;
  std::string brief;  // "Steepest rings at 0.949 ∠ 12°, slowest loses 5.1 % a step"
  std::string tight;  // "Steepest: 0.949 ∠ 12°, slowest: −5.1 % a step"
};
RateReason rate_reason(const KnownRates& known, double rate);

}  // namespace convscope::session
