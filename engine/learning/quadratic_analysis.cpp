#include "engine/learning/quadratic_analysis.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "engine/learning/symmetric_eigen.h"

namespace convscope::engine {
namespace {

// Returns a progress function for one of several equal parts of the whole.
Progress part_of(const Progress& whole, Index part, Index parts) {
  if (!whole) return {};
  return [&whole, part, parts](double share) {
    whole((static_cast<double>(part) + share) / static_cast<double>(parts));
  };
}

bool add_spectrum(const QuadraticLoss& loss, Index group, const std::stop_token& stop,
                  const Progress& progress, std::vector<GroupSpectrum>& groups) {
  std::vector<double> h(loss.a(group).begin(), loss.a(group).end());
  for (double& value : h)
    value *= 2.0 * loss.scale();
  std::optional<SymmetricEigen> eigen = symmetric_eigen(h, loss.size(), stop, progress);
  if (!eigen) return false;
  groups.push_back({std::move(eigen->values), std::move(eigen->vectors), 0});
  return true;
}

void round_to_zero(GroupSpectrum& group, double largest) {
  for (double& value : group.values) {
    if (value <= kZeroEigenvalue * largest)
      value = 0.0;
    else
      ++group.rank;
  }
}

double dot(const double* a, const double* b, Index n) {
  double sum = 0.0;
  for (Index k = 0; k < n; ++k)
    sum += a[k] * b[k];
  return sum;
}

// Returns the minimum-norm solution of A w = b for every row.
std::vector<double> solve(const QuadraticLoss& loss, const std::vector<GroupSpectrum>& groups) {
  const Index n = loss.size();
  std::vector<double> result(static_cast<std::size_t>(loss.parameters()), 0.0);
  for (Index row = 0; row < loss.rows(); ++row) {
    const GroupSpectrum& group = groups[static_cast<std::size_t>(loss.group_of(row))];
    double* w = result.data() + row * n;
    for (Index k = 0; k < group.rank; ++k) {
      const double* vector = group.vectors.data() + k * n;
      const double factor = 2.0 * loss.scale() * dot(vector, loss.b(row).data(), n) /
                            group.values[static_cast<std::size_t>(k)];
      for (Index i = 0; i < n; ++i)
        w[i] += factor * vector[i];
    }
  }
  return result;
}

}  // namespace

RateZone QuadraticAnalysis::zone(double rate, const Momentum& momentum) const {
  if (rate * largest <= calm_reach(momentum)) return RateZone::kConverges;
  return rate * largest < cliff_reach(momentum) ? RateZone::kOscillates : RateZone::kDiverges;
}

std::vector<double> QuadraticAnalysis::eigenvalues() const {
  std::vector<double> result;
  for (const GroupSpectrum& group : groups) {
    const Index rows = parameters / std::ssize(groups) / std::ssize(group.values);
    for (Index row = 0; row < rows; ++row)
      result.insert(result.end(), group.values.begin(), group.values.end());
  }
  std::ranges::sort(result, std::greater());
  return result;
}

QuadraticAnalysis analyse(const QuadraticLoss& loss) {
  return analyse(loss, {}).value();
}

std::optional<QuadraticAnalysis> analyse(const QuadraticLoss& loss, const std::stop_token& stop,
                                         const Progress& progress) {
  QuadraticAnalysis result;
  result.parameters = loss.parameters();
  for (Index g = 0; g < loss.groups(); ++g) {
    const Progress part = part_of(progress, g, loss.groups());
    if (!add_spectrum(loss, g, stop, part, result.groups)) return std::nullopt;
    result.largest = std::max(result.largest, result.groups.back().values.front());
  }
  result.smallest = result.largest;
  const Index rows = loss.rows() / loss.groups();
  for (GroupSpectrum& group : result.groups) {
    round_to_zero(group, result.largest);
    result.rank += group.rank * rows;
    if (group.rank > 0) {
      result.smallest =
          std::min(result.smallest, group.values[static_cast<std::size_t>(group.rank - 1)]);
    }
  }
  const bool any = result.largest > 0.0;
  result.stable_rate = 2.0 / result.largest;
  result.best_rate = 2.0 / (result.largest + result.smallest);
  result.condition = any ? result.largest / result.smallest : 1.0;
  result.optimum = solve(loss, result.groups);
  result.least_loss = loss.loss(result.optimum);
  return result;
}

std::vector<double> errors_along(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                                 const Parameters& parameters) {
  const Index n = loss.size();
  std::vector<double> away = loss.flattened(parameters);
  for (std::size_t k = 0; k < away.size(); ++k)
    away[k] -= analysis.optimum[k];
  std::vector<double> result(away.size());
  for (Index row = 0; row < loss.rows(); ++row) {
    const GroupSpectrum& group = analysis.groups[static_cast<std::size_t>(loss.group_of(row))];
    for (Index k = 0; k < n; ++k) {
      result[static_cast<std::size_t>(row * n + k)] =
          dot(group.vectors.data() + k * n, away.data() + row * n, n);
    }
  }
  return result;
}

LossPrediction::LossPrediction(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                               const Parameters& start)
    : least_loss_(analysis.least_loss) {
  const Index n = loss.size();
  const std::vector<double> errors = errors_along(loss, analysis, start);
  for (Index row = 0; row < loss.rows(); ++row) {
    const GroupSpectrum& group = analysis.groups[static_cast<std::size_t>(loss.group_of(row))];
    for (Index k = 0; k < group.rank; ++k) {
      const double distance = errors[static_cast<std::size_t>(row * n + k)];
      const double value = group.values[static_cast<std::size_t>(k)];
      modes_.push_back({value, 0.5 * value * distance * distance});
    }
  }
}

double LossPrediction::after(double steps, double rate, const Momentum& momentum) const {
  double loss = least_loss_;
  for (const Mode& mode : modes_) {
    // Skips modes without excess, whose 0 · ∞ would be NaN.
    if (!(mode.excess > 0.0)) continue;
    const double reach = rate * mode.eigenvalue;
    if (momentum.beta == 0.0) {
      loss += mode.excess * std::pow(std::abs(1.0 - reach), 2.0 * steps);
    } else {
      const double left = error_after(momentum, reach, steps);
      loss += mode.excess * left * left;
    }
  }
  return loss;
}

}  // namespace convscope::engine
