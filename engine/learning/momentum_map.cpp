#include "engine/learning/momentum_map.h"

#include <algorithm>
#include <cmath>

namespace convscope::engine {
namespace {

constexpr double kTop = 0.9;  // 1 minus the cube root of 1 − 0.999

}  // namespace

double MomentumMapAxes::rate_at(double across) const {
  return lo * std::pow(hi / lo, across);
}

double MomentumMapAxes::across(double rate) const {
  return std::log(rate / lo) / std::log(hi / lo);
}

double MomentumMapAxes::beta_at(double up) {
  const double root = 1.0 - kTop * up;
  return 1.0 - root * root * root;
}

double MomentumMapAxes::up(double beta) {
  return (1.0 - std::cbrt(1.0 - beta)) / kTop;
}

MomentumMapAxes momentum_map_axes(double largest, double smallest, double rate) {
  const double cliff = 4.0 / largest;  // of the largest momentum
  const double best = std::min(best_momentum(false, largest, smallest).rate,
                               best_momentum(true, largest, smallest).rate);
  return {std::min(rate, 0.1 * best), std::max(rate, 2.5 * cliff)};
}

Tensor momentum_map(const MomentumMapAxes& axes, bool nesterov, double largest, double smallest,
                    Yx size) {
  Tensor result(Shape{1, 1, size.y, size.x});
  const auto centre = [](Index i, Index n) {
    return (static_cast<double>(i) + 0.5) / static_cast<double>(n);
  };
  std::vector<double> rates(static_cast<std::size_t>(size.x));
  for (Index x = 0; x < size.x; ++x)
    rates[static_cast<std::size_t>(x)] = axes.rate_at(centre(x, size.x));
  for (Index y = 0; y < size.y; ++y) {
    const Momentum momentum{MomentumMapAxes::beta_at(1.0 - centre(y, size.y)), nesterov};
    float* row = result.row(0, 0, y);
    for (Index x = 0; x < size.x; ++x) {
      const double steps = steps_for_digit(
          slowest_decay(momentum, rates[static_cast<std::size_t>(x)], largest, smallest));
      row[x] = static_cast<float>(std::log10(std::clamp(steps, kFewestMapSteps, kMostMapSteps)));
    }
  }
  return result;
}

}  // namespace convscope::engine
