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

Tensor momentum_bands(const MomentumMapAxes& axes, bool nesterov, double largest, double smallest,
                      Yx size) {
  constexpr float kBandsPerDecade = 3.0f;
  constexpr float kDecades = 2.5f;
  Tensor bands = momentum_map(axes, nesterov, largest, smallest, size);
  const float fewest = std::ranges::min(bands.values());
  for (float& v : bands.values())
    v = std::floor(std::min(v, fewest + kDecades) * kBandsPerDecade) / kBandsPerDecade;
  return bands;
}

std::vector<double> cliff_rates(bool nesterov, double largest, int count) {
  std::vector<double> rates;
  for (int i = 0; i < count; ++i) {
    const double up = static_cast<double>(i) / (count - 1);
    rates.push_back(cliff_reach({MomentumMapAxes::beta_at(up), nesterov}) / largest);
  }
  return rates;
}

std::vector<StepsMark> steps_marks(const MomentumMapAxes& axes, bool nesterov, double largest,
                                   double smallest) {
  constexpr int kPlaces = 400;
  constexpr double kMostDecades = 6.0;
  std::vector<StepsMark> marks;
  double before = 0.0;
  for (int i = 0; i <= kPlaces; ++i) {
    const double across = static_cast<double>(i) / kPlaces;
    const double decades = std::log10(
        steps_for_digit(slowest_decay({0.0, nesterov}, axes.rate_at(across), largest, smallest)));
    const double decade = std::floor(before);
    if (i > 0 && std::floor(decades) < decade && before < kMostDecades)
      marks.push_back({across, std::pow(10.0, decade)});
    before = decades;
  }
  return marks;
}

}  // namespace convscope::engine
