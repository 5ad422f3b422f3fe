#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "engine/learning/momentum_analysis.h"
#include "engine/learning/quadratic.h"

namespace convscope::engine {

// Eigenvalues below this share of the largest count as 0. Float32 pictures can't tell whether they
// are, and gradient descent would need 1e12 steps to show it.
inline constexpr double kZeroEigenvalue = 1e-12;

// Eigenvalues and eigenvectors of H's block for one row, the same for every row of a group.
struct GroupSpectrum {
  std::vector<double> values;   // descending; values that count as 0 are 0
  std::vector<double> vectors;  // unit vectors; that of values[k] is at [k * size, (k + 1) * size)
  Index rank = 0;               // number of eigenvalues that are not 0
};

// What gradient descent does at a rate: each step multiplies the error along an eigenvector with
// eigenvalue λ by 1 − rate·λ, or with momentum as momentum_analysis.h says.
enum class RateZone {
  kConverges,   // up to 1/λmax: every direction shrinks without changing sign
  kOscillates,  // below 2/λmax: converges, but some directions change sign on their way
  kDiverges,    // from 2/λmax on
};

// Explains why gradient descent on a QuadraticLoss behaves as it does.
struct QuadraticAnalysis {
  std::vector<GroupSpectrum> groups;
  double largest = 0.0;      // λmax of H; 0 if the loss depends on no parameter
  double smallest = 0.0;     // the smallest λ that is not 0
  double stable_rate = 0.0;  // 2/λmax, from which on it diverges; infinite where λmax is 0
  double best_rate = 0.0;    // 2/(λmax + λmin)
  double condition = 1.0;    // λmax/λmin
  Index rank = 0;            // rank of H
  Index parameters = 0;      // where rank < parameters some directions cannot be learned
  // The parameters with the least loss; if there are several, those of the least norm, bias
  // included (numpy's lstsq). Flat as in QuadraticLoss.
  std::vector<double> optimum;
  double least_loss = 0.0;

  // Returns what gradient descent does at `rate`, with momentum or without.
  RateZone zone(double rate, const Momentum& momentum = {}) const;
  // Returns all eigenvalues of H with their multiplicity, descending.
  std::vector<double> eigenvalues() const;
};

// Takes O(size³) for each group, about a second for 31 x 31.
QuadraticAnalysis analyse(const QuadraticLoss& loss);
// Does the same; returns nullopt if `stop` was requested.
std::optional<QuadraticAnalysis> analyse(const QuadraticLoss& loss, const std::stop_token& stop,
                                         const Progress& progress = {});

// Returns the error of some parameters, their distance from the optimum along each eigenvector,
// row after row: that along eigenvector k of a row is at row * size + k.
std::vector<double> errors_along(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                                 const Parameters& parameters);

// The loss of gradient descent, plain or with momentum, in exact arithmetic, computed directly for
// any step.
class LossPrediction {
 public:
  LossPrediction(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                 const Parameters& start);
  // Returns the loss after a whole number of steps at `rate`; infinite where it overflows.
  double after(double steps, double rate, const Momentum& momentum = {}) const;

 private:
  struct Mode {
    double eigenvalue;
    double excess;  // contribution of this direction to the start's loss
  };
  std::vector<Mode> modes_;
  double least_loss_;
};

}  // namespace convscope::engine
