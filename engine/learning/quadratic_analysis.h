#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "engine/learning/quadratic.h"

namespace convscope {

// Eigenvalues below this share of the largest count as 0: float32 pictures don't say whether they
// are, and gradient descent would need 1e12 steps to tell.
inline constexpr double kZeroEigenvalue = 1e-12;

// H's block of one row; every row of a group has the same.
struct GroupSpectrum {
  std::vector<double> values;   // descending; those that count as 0 are 0
  std::vector<double> vectors;  // values[k]'s, of length 1, is at [k * size, (k + 1) * size)
  Index rank = 0;               // eigenvalues that are not 0
};

// What gradient descent at a rate does: with it, a direction of eigenvalue λ shrinks by 1 − rate·λ
// in each step.
enum class RateZone {
  kConverges,   // up to 1/λmax: every direction shrinks without a change of sign
  kOscillates,  // up to 2/λmax: converges, to and fro
  kDiverges,
};

// Why gradient descent on a QuadraticLoss behaves as it does.
struct QuadraticAnalysis {
  std::vector<GroupSpectrum> groups;
  double largest = 0.0;      // λmax of H; 0 if the loss depends on nothing
  double smallest = 0.0;     // the smallest λ that is not 0
  double stable_rate = 0.0;  // the cliff 2/λmax; infinite where λmax is 0
  double best_rate = 0.0;    // 2/(λmax + λmin)
  double condition = 1.0;    // λmax/λmin
  Index rank = 0;            // of H
  Index parameters = 0;      // rank < parameters: there are directions that cannot be learned
  // Where the loss is least; of all such parameters those of the least length (as numpy's lstsq),
  // the bias included. Flat as in QuadraticLoss.
  std::vector<double> optimum;
  double least_loss = 0.0;

  RateZone zone(double rate) const;
  // All eigenvalues of H with their multiplicity, descending.
  std::vector<double> eigenvalues() const;
};

// Takes O(size³) for each group: a second or so for 31 x 31.
QuadraticAnalysis analyse(const QuadraticLoss& loss);
// The same; empty if `stop` was requested.
std::optional<QuadraticAnalysis> analyse(const QuadraticLoss& loss, const std::stop_token& stop,
                                         const Progress& progress = {});

// The loss of plain gradient descent in exact arithmetic, for any step at once.
class LossPrediction {
 public:
  LossPrediction(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                 const Parameters& start);
  // After `steps` steps at `rate`; infinite where it overflows.
  double after(double steps, double rate) const;

 private:
  struct Mode {
    double eigenvalue;
    double excess;  // what this direction adds to the loss of the start
  };
  std::vector<Mode> modes_;
  double least_loss_;
};

}  // namespace convscope
