#include "app/look/plot_axis.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/look/number_format.h"
#include "engine/core/number_text.h"

namespace convscope::look {
namespace {

// Values up to this size have finite differences, quotients and products.
constexpr double kLargest = 1e140;
constexpr double kSmallest = 1e-140;

// Returns the smallest of 1, 2, 5, 10 ... that is at least `step`.
double round_step(double step) {
  const double power = std::pow(10.0, std::floor(std::log10(step)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= step * (1.0 - 1e-9)) return factor * power;
  }
  return 10.0 * power;
}

// The multiples of `step` in the range, as numbers of steps.
struct Multiples {
  double first, last;
  int count() const { return static_cast<int>(std::max(0.0, last - first + 1.0)); }
};
Multiples multiples(double lo, double hi, double step) {
  // A value that misses an end only by rounding is included.
  constexpr double kSlack = 1e-9;
  return {std::ceil(lo / step - kSlack), std::floor(hi / step + kSlack)};
}

// Writes a multiple of `step` with fixed decimals: plain numbers up to a million, then powers.
std::string tick_text(double value, double step, double largest) {
  const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
  if (largest < 1e6 && decimals <= 4) return fixed_text(value, decimals);
  const double digits = std::ceil(std::log10(std::max(largest / step, 1.0))) + 1.0;
  return number_text(value, static_cast<int>(std::clamp(digits, 1.0, 12.0)));
}

// Returns the smallest of 1, 2, 5, 10, 20 ... that leaves at most `most` of `count`.
int stride_for(int count, int most) {
  int stride = 1;
  constexpr std::array<int, 3> kFactors = {2, 5, 10};
  for (int power = 1; power < 1000; power *= 10) {
    for (const int factor : kFactors) {
      if ((count + stride - 1) / stride <= most) return stride;
      stride = factor * power;
    }
  }
  return stride;
}

std::vector<AxisTick> decade_ticks(int first, int last, int most) {
  const int stride = stride_for(last - first + 1, most);
  std::vector<AxisTick> ticks;
  for (int e = first; e <= last; ++e) {
    if (e % stride == 0) ticks.push_back({std::pow(10.0, e), power_of_ten_text(e)});
  }
  return ticks;
}

// Returns ticks at 1, 2 and 5 times powers of ten.
std::vector<AxisTick> split_decade_ticks(double lo, double hi) {
  std::vector<AxisTick> ticks;
  const int first = static_cast<int>(std::floor(std::log10(lo)));
  const int last = static_cast<int>(std::ceil(std::log10(hi)));
  for (int e = first; e <= last; ++e) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      const double value = factor * std::pow(10.0, e);
      if (value >= lo * (1.0 - 1e-9) && value <= hi * (1.0 + 1e-9)) {
        ticks.push_back({value, number_text(value, 1)});
      }
    }
  }
  return ticks;
}

}  // namespace

double PlotAxis::fraction(double value) const {
  if (log) return std::log(value / lo) / std::log(hi / lo);
  return (value - lo) / (hi - lo);
}

double PlotAxis::value(double fraction) const {
  if (log) return lo * std::pow(hi / lo, fraction);
  return lo + fraction * (hi - lo);
}

bool PlotAxis::shows(double value) const {
  return std::isfinite(value) && (!log || value > 0.0);
}

void AxisRange::add(double value) {
  whole_ = whole_ && value == std::round(value);
  value = std::clamp(value, -kLargest, kLargest);
  const bool first = empty();
  lo_ = first ? value : std::min(lo_, value);
  hi_ = first ? value : std::max(hi_, value);
}

PlotAxis tight_axis(const AxisRange& range) {
  if (range.empty()) return {};
  PlotAxis axis{range.lo(), range.hi(), false};
  // Next to a large number a very short range would be lost in rounding.
  const double least = std::max(std::abs(axis.lo), std::abs(axis.hi)) * 1e-9;
  if (axis.hi - axis.lo <= least) axis.hi = axis.lo + std::max(1.0, least);
  return axis;
}

PlotAxis roomy_axis(const AxisRange& range, bool log) {
  if (range.empty()) return {log ? 0.1 : 0.0, 1.0, log};
  const double lo = log ? std::max(range.lo(), kSmallest) : range.lo();
  const double hi = log ? std::max(range.hi(), kSmallest) : range.hi();
  if (log) {
    const double room = hi / lo < 1.0 + 1e-9 ? 2.0 : std::pow(hi / lo, 0.05);
    return {lo / room, hi * room, true};
  }
  const double size = std::max(std::abs(lo), std::abs(hi));
  double room = (hi - lo) * 0.05;
  if (hi - lo <= size * 1e-9) room = size > 0.0 ? size * 0.1 : 1.0;
  return {lo >= 0.0 ? std::max(0.0, lo - room) : lo - room, hi + room, false};
}

std::vector<AxisTick> linear_ticks(double lo, double hi, int most, bool whole) {
  most = std::max(most, 1);
  double step = round_step((hi - lo) / static_cast<double>(most));
  if (whole) step = std::max(step, 1.0);
  while (multiples(lo, hi, step).count() > most)
    step = round_step(step * 1.5);
  const Multiples at = multiples(lo, hi, step);
  const double largest = std::max(std::abs(at.first), std::abs(at.last)) * step;
  std::vector<AxisTick> ticks;
  for (int i = 0; i < at.count(); ++i) {
    const double value = (at.first + i) * step;
    ticks.push_back({value, tick_text(value, step, largest)});
  }
  return ticks;
}

std::vector<AxisTick> log_ticks(double lo, double hi, int most) {
  most = std::max(most, 1);
  if (hi < lo * 10.0) return linear_ticks(lo, hi, most);
  const int first = static_cast<int>(std::ceil(std::log10(lo) - 1e-9));
  const int last = static_cast<int>(std::floor(std::log10(hi) + 1e-9));
  if (last - first < 2) {
    std::vector<AxisTick> split = split_decade_ticks(lo, hi);
    if (static_cast<int>(split.size()) <= most) return split;
  }
  return decade_ticks(first, last, most);
}

std::vector<AxisTick> axis_ticks(const PlotAxis& axis, int most, bool whole) {
  return axis.log ? log_ticks(axis.lo, axis.hi, most) : linear_ticks(axis.lo, axis.hi, most, whole);
}

}  // namespace convscope::look
