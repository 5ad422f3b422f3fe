#pragma once

#include <optional>
#include <stop_token>

#include "engine/learning/learning.h"

namespace convscope::engine {

// The result of comparing a gradient with central differences of the loss, for the parameter where
// they differ most.
struct GradientCheck {
  // analytic - numeric|, relative to the larger of the two, or to 1 % of the losses' sum divided by
  // the step where that is larger. Near an optimum the gradient is 0, and relative to it alone any
  // difference would be infinite.
  double largest_error = 0.0;
  Index place = 0;  // of that parameter: its place in the weight's values, then in the bias
  double analytic = 0.0;
  double numeric = 0.0;
  Index checked = 0;  // parameters that were compared
  // Parameters not compared because both gradients are below kLeastGradient and not 0.
  Index too_small = 0;

  // Parameters not compared because the gradient, or a loss next to them, exceeds kMaxGradient.
  Index too_large = 0;

  // The error that float32 predictions cause at most; a wrong sign or factor gives 0.5 or more.
  static constexpr double kTolerance = 1e-3;
  // Float32's smallest numbers are 1.4e-45 apart, so that rounding changes a smaller gradient by
  // more than half of the tolerance, or to 0.
  static constexpr double kLeastGradient = 2.8e-42;
  // Float32's largest number, less the possible error of a gradient below it.
  static constexpr double kMaxGradient = 3.39e38;
  bool passes() const { return largest_error <= kTolerance; }
  bool possible() const { return checked > 0; }
  // Compares one more parameter, with its loss at both ends of an interval of length `distance`.
  void add(Index at, double by_formula, double loss_above, double loss_below, double distance);
};

// Compares `gradient` with (L(w + h) - L(w - h)) / 2h for at most `most` evenly spread parameters.
// The loss is quadratic, so the difference is exact for any h; a large h keeps rounding errors
// small. Each parameter takes two convolutions. Returns nullopt if `stop` was requested. Throws
// Error where the shapes don't fit the problem.
std::optional<GradientCheck> check_gradient(const LearningProblem& problem, const Parameters& at,
                                            const Parameters& gradient, Index most = 128,
                                            const std::stop_token& stop = {});

}  // namespace convscope::engine
