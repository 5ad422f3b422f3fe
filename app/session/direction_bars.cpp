#include "app/session/direction_bars.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace convscope::session {

std::vector<DirectionBar> direction_bars(const TrainingSnapshot& training, Index row, double rate,
                                         const std::optional<Momentum>& momentum, Index most) {
  const TrainingAnalysis& analysis = *training.analysis;
  const Index n = analysis.loss->size();
  const auto begin = static_cast<std::size_t>(row * n);
  const std::span<const double> start =
      std::span(analysis.start_along).subspan(begin, static_cast<std::size_t>(n));
  const std::span<const double> now =
      std::span(training.along).subspan(begin, static_cast<std::size_t>(n));
  const GroupSpectrum& group =
      analysis.spectrum.groups[static_cast<std::size_t>(analysis.loss->group_of(row))];
  double largest = 0.0;
  for (const double error : start)
    largest = std::max(largest, std::abs(error));
  constexpr double kNextToNothing = 1e-3;
  const auto left = [&](Index k) {
    const double from = start[static_cast<std::size_t>(k)];
    const double unit = std::copysign(std::max(std::abs(from), kNextToNothing * largest), from);
    return unit == 0.0 ? 0.0 : now[static_cast<std::size_t>(k)] / unit;
  };
  const Index together = (n + std::max<Index>(1, most) - 1) / std::max<Index>(1, most);
  std::vector<DirectionBar> bars;
  for (Index first = 0; first < n; first += together) {
    DirectionBar bar{first, std::min(n, first + together) - 1, first};
    for (Index k = first; k <= bar.last; ++k)
      if (std::abs(left(k)) > std::abs(left(bar.shown))) bar.shown = k;
    bar.left = left(bar.shown);
    bar.eigenvalue = group.values[static_cast<std::size_t>(bar.shown)];
    const double from = start[static_cast<std::size_t>(bar.shown)];
    if (momentum && std::abs(from) >= kNextToNothing * largest && bar.eigenvalue > 0.0) {
      const double reach = rate * bar.eigenvalue;
      const auto steps = static_cast<double>(training.step);
      bar.predicted = error_after(*momentum, reach, steps);
      bar.envelope = envelope_after(*momentum, reach, steps);
    }
    bars.push_back(bar);
  }
  return bars;
}

double DirectionAxis::place(double share) const {
  if (!log) return 0.5 + 0.5 * std::clamp(share / reach, -1.0, 1.0);
  const double top = std::log10(std::max(reach, 1.0) / kLeastShare);
  return std::min(1.0, std::log10(std::max(std::abs(share), kLeastShare) / kLeastShare) / top);
}

DirectionAxis direction_axis(const std::vector<DirectionBar>& bars, bool log) {
  double reach = 1.0;
  for (const DirectionBar& bar : bars)
    reach = std::max(reach, std::abs(bar.left));
  return {log, std::isfinite(reach) ? reach : 1e30};
}

}  // namespace convscope::session
