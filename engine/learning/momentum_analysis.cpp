#include "engine/learning/momentum_analysis.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

namespace convscope::engine {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The characteristic polynomial z² − trace z + determinant. Its value at 1 is the reach for both
// rules, so that with `gap` = 2 − trace the distances d = 1 − z of its roots from 1 solve
// d² − gap d + reach = 0, without the rounding that takes a root near 1.
struct Polynomial {
  double trace;
  double determinant;
  double gap;
  double discriminant;  // as a product, which keeps its digits near double roots
};

Polynomial polynomial_of(const Momentum& m, double reach) {
  const double less = 1.0 - m.beta;
  const double more = 1.0 + m.beta;
  if (m.nesterov) {
    return {more * (1.0 - reach), m.beta * (1.0 - reach), less + more * reach,
            (1.0 - reach) * (less * less - more * more * reach)};
  }
  const double root = std::sqrt(m.beta);
  const double low = (1.0 - root) * (1.0 - root);
  const double high = (1.0 + root) * (1.0 + root);
  return {more - reach, m.beta, less + reach, (reach - low) * (reach - high)};
}

using Matrix = std::array<double, 4>;

Matrix squared(const Matrix& m) {
  const double cross = m[1] * m[2];
  const double trace = m[0] + m[3];
  return {m[0] * m[0] + cross, m[1] * trace, m[2] * trace, m[3] * m[3] + cross};
}

// Returns the rate above 1/λmax at which the steepest and the flattest direction are equally fast
// with Nesterov's momentum: the one gets slower with the rate, the other faster.
double balanced_nesterov(const Momentum& m, double largest, double smallest) {
  double low = 1.0 / largest;
  double high = cliff_reach(m) / largest;
  for (int i = 0; i < 100 && low < high; ++i) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    const bool flat_is_slow = decay(m, middle * smallest) < decay(m, middle * largest);
    (flat_is_slow ? low : high) = middle;
  }
  return low;
}

// Returns the best rate with momentum. The modulus is symmetric about x = 1 + β, where both ends of
// the spectrum balance. With more momentum than the best one, all rates from (1 − √β)²/λmin to
// (1 + √β)²/λmax are equally fast, and the middle of them is farthest from the cliff in factors.
double balanced_momentum(const Momentum& m, double largest, double smallest) {
  const double root = std::sqrt(m.beta);
  const double low = (1.0 - root) * (1.0 - root) / smallest;
  const double high = (1.0 + root) * (1.0 + root) / largest;
  if (low < high && m.beta > 0.0) return std::sqrt(low * high);
  return 2.0 * (1.0 + m.beta) / (largest + smallest);
}

}  // namespace

std::optional<Momentum> momentum_of(const OptimizerOptions& options) {
  switch (options.kind) {
    case OptimizerKind::kSgd:
      return Momentum{};
    case OptimizerKind::kMomentum:
      return Momentum{options.momentum, false};
    case OptimizerKind::kNesterov:
      return Momentum{options.momentum, true};
    case OptimizerKind::kAdam:
      break;
  }
  return std::nullopt;
}

std::array<double, 4> step_matrix(const Momentum& m, double reach) {
  // Written so that at a reach of 1 the rows are exactly those of a matrix whose square is 0.
  if (m.nesterov) return {(1.0 - reach) - m.beta * reach, -m.beta * m.beta, reach, m.beta};
  return {1.0 - reach, -m.beta, reach, m.beta};
}

Root largest_root(const Momentum& m, double reach) {
  const Polynomial p = polynomial_of(m, reach);
  if (p.discriminant < 0.0) {
    const double modulus = std::sqrt(p.determinant);
    return {modulus, std::atan2(std::sqrt(-p.discriminant), p.trace), true};
  }
  const double modulus = 0.5 * (std::abs(p.trace) + std::sqrt(p.discriminant));
  return {modulus, p.trace < 0.0 ? std::numbers::pi : 0.0, false};
}

double decay(const Momentum& m, double reach) {
  const Polynomial p = polynomial_of(m, reach);
  if (p.discriminant < 0.0) return -0.5 * std::log(p.determinant);
  const double root = std::sqrt(p.discriminant);
  if (p.trace < 0.0) return -std::log(0.5 * (root - p.trace));
  // The smaller distance from 1. It is 1 for a root at 0.
  return reach == 0.0 ? 0.0 : -std::log1p(-2.0 * reach / (p.gap + root));
}

double slowest_decay(const Momentum& m, double rate, double largest, double smallest) {
  return std::min(decay(m, rate * largest), decay(m, rate * smallest));
}

double steps_for_digit(double decay) {
  return decay > 0.0 ? 0.5 * std::numbers::ln10 / decay : kInfinity;
}

double cliff_reach(const Momentum& m) {
  const double momentum = 2.0 * (1.0 + m.beta);
  return m.nesterov ? momentum / (1.0 + 2.0 * m.beta) : momentum;
}

double calm_reach(const Momentum& m) {
  const double root = m.nesterov ? (1.0 - m.beta) / (1.0 + m.beta) : 1.0 - std::sqrt(m.beta);
  return root * root;
}

MomentumRates momentum_rates(const Momentum& m, double largest, double smallest) {
  if (!(largest > 0.0)) return {calm_reach(m) / largest, 1.0 / largest, cliff_reach(m) / largest};
  const double best = m.nesterov ? balanced_nesterov(m, largest, smallest)
                                 : balanced_momentum(m, largest, smallest);
  return {calm_reach(m) / largest, best, cliff_reach(m) / largest};
}

BestMomentum best_momentum(bool nesterov, double largest, double smallest) {
  if (nesterov) {
    const double root = std::sqrt(3.0 * largest / smallest + 1.0);
    return {4.0 / (3.0 * largest + smallest), (root - 2.0) / (root + 2.0),
            -std::log1p(-2.0 / root)};
  }
  const double high = std::sqrt(largest);
  const double low = std::sqrt(smallest);
  const double share = (high - low) / (high + low);
  const double step = 2.0 / (high + low);
  return {step * step, share * share, -std::log1p(-2.0 * low / (high + low))};
}

double error_after(const Momentum& m, double reach, double steps) {
  if (m.beta == 0.0) return std::pow(1.0 - reach, steps);
  constexpr double kMostSteps = 1e18;
  auto left = static_cast<std::uint64_t>(std::clamp(std::round(steps), 0.0, kMostSteps));
  Matrix power = step_matrix(m, reach);
  double error = 1.0;
  double pace = 0.0;
  while (true) {
    if (left % 2 == 1) {
      const double moved = power[0] * error + power[1] * pace;
      pace = power[2] * error + power[3] * pace;
      error = moved;
    }
    left /= 2;
    if (left == 0) break;
    power = squared(power);
  }
  return std::isfinite(error) ? error : kInfinity;
}

// With the roots r ≥ s and the first step's error f, the error is r^t + (f − r)(r^t − s^t)/(r − s).
// The last factor is at most t r^(t − 1), and for roots far apart at most a sum of both powers. The
// first bound also holds where both roots are 0, which is Nesterov's momentum at a reach of 1: then
// the error is f = −β after one step and 0 from the second on.
double envelope_after(const Momentum& m, double reach, double steps) {
  if (steps <= 0.0) return 1.0;
  const Root root = largest_root(m, reach);
  const double power = std::pow(root.modulus, steps);
  if (m.beta == 0.0) return power;
  const double first = step_matrix(m, reach)[0];
  if (root.modulus <= 0.0) return std::abs(first) * steps * std::pow(0.0, steps - 1.0);
  double apart = kInfinity;
  double away = 0.0;
  if (root.pair) {
    const double cosine = first / root.modulus - std::cos(root.angle);
    away = std::hypot(cosine, std::sin(root.angle));
    apart = std::hypot(1.0, cosine / std::sin(root.angle)) * power;
  } else {
    const Polynomial p = polynomial_of(m, reach);
    const double large = root.angle > 0.0 ? -root.modulus : root.modulus;
    const double small = p.determinant / large;
    away = std::abs(first - large) / root.modulus;
    if (large != small) {
      const double share = (first - small) / (large - small);
      apart = std::abs(share) * power + std::abs(1.0 - share) * std::pow(std::abs(small), steps);
    }
  }
  const double bound = std::min(apart, (1.0 + away * steps) * power);
  return std::isfinite(bound) ? bound : kInfinity;
}

}  // namespace convscope::engine
