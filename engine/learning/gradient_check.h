#pragma once

#include <optional>
#include <stop_token>

#include "engine/learning/learning.h"

namespace convscope::engine {

// The result of comparing a gradient with central differences of the loss, for the parameter where
// they differ most.
struct GradientCheck {
  // The absolute difference of `analytic` and `numeric`, divided by the larger of them, or by 1 %
  // of the sum of the two losses over the distance of their parameters if that is larger. Near an
  // optimum the gradient is 0, and relative to it alone any difference would be infinite.
  double largest_error = 0.0;
  Index place = 0;        // the parameter's place in the weight's values, or after them in the bias
  double analytic = 0.0;  // its given gradient
  double numeric = 0.0;   // its central difference
  Index checked = 0;      // parameters that were compared
  // Parameters not compared because both gradients are below kMinGradient and not 0.
  Index too_small = 0;
  // Parameters not compared because the gradient, or a loss next to them, exceeds kMaxGradient.
  Index too_large = 0;

  // The error that float32 predictions cause at most; a wrong sign or factor gives 0.5 or more.
  static constexpr double kTolerance = 1e-3;
  // Float32's smallest numbers are 1.4e-45 apart, so that rounding changes a smaller gradient by
  // more than half of the tolerance, or to 0.
  static constexpr double kMinGradient = 2.8e-42;
  // Float32's largest number, less the possible error of a gradient below it.
  static constexpr double kMaxGradient = 3.39e38;
  // Returns whether the gradients agree.
  bool passes() const { return largest_error <= kTolerance; }
  // Returns whether any parameter could be compared.
  bool possible() const { return checked > 0; }
  // Compares one more parameter, with its loss at both ends of an interval of length `distance`.
  void add(Index at, double by_formula, double loss_above, double loss_below, double distance);
};

// Compares `gradient` with (L(w + h) - L(w - h)) / 2h for at most `max_checked` evenly spread
// parameters. The loss is quadratic, so the difference is exact for any h; a large h keeps rounding
// errors small. Each parameter takes two convolutions. Returns nullopt if `stop` was requested.
// Throws Error where the shapes don't fit the problem.
std::optional<GradientCheck> check_gradient(const LearningProblem& problem, const Parameters& at,
                                            const Parameters& gradient, Index max_checked = 128,
                                            const std::stop_token& stop = {});

}  // namespace convscope::engine
