#pragma once

#include <vector>

#include "engine/core/tensor.h"
#include "engine/learning/momentum_analysis.h"

namespace convscope::engine {

// The plane of rates (across, logarithmic) and momenta (up). Up goes the cube root of 1 − β down
// from 1: the interesting momenta of a long valley crowd below 1, and those of a short one are
// small. β is 0 at the bottom, 0.5 a quarter of the way up, 0.9 three fifths, 0.99 seven eighths,
// and 0.999 at the top. Places are shares of the axes from 0 to 1.
struct MomentumMapAxes {
  double lo = 0.0;  // the rates at both ends
  double hi = 1.0;

  double rate_at(double across) const;
  double across(double rate) const;
  static double beta_at(double up);
  static double up(double beta);
  friend bool operator==(const MomentumMapAxes&, const MomentumMapAxes&) = default;
};

// Returns axes with everything that is worth seeing, and `rate`: the best points of both rules, a
// decade of slow rates, and some room beyond the cliffs.
MomentumMapAxes momentum_map_axes(double largest, double smallest, double rate);

// The least and the most steps for a digit that the map tells apart.
inline constexpr double kFewestMapSteps = 0.1;
inline constexpr double kMostMapSteps = 1e7;

// Returns log10 of the steps after which the loss is a tenth, at the centres of the cells, [1, 1,
// size.y, size.x]; row 0 is the highest momentum. Where it diverges that of kMostMapSteps.
Tensor momentum_map(const MomentumMapAxes& axes, bool nesterov, double largest, double smallest,
                    Yx size);

// Returns momentum_map() rounded down to equal steps, whose edges are contours. What is slower than
// a few decades above the fastest has the value of those, so that the valley is told from its
// sides.
Tensor momentum_bands(const MomentumMapAxes& axes, bool nesterov, double largest, double smallest,
                      Yx size);

// Returns the rates of the cliff from the lowest momentum (share 0 of the way up) to the highest,
// evenly spaced: so many.
std::vector<double> cliff_rates(bool nesterov, double largest, int count);

// A power of ten of steps for a digit, and the share across at which its contour crosses the lower
// edge.
struct StepsMark {
  double across = 0.0;
  double steps = 0.0;
};
// Returns those below a million, from left to right.
std::vector<StepsMark> steps_marks(const MomentumMapAxes& axes, bool nesterov, double largest,
                                   double smallest);

}  // namespace convscope::engine
