#pragma once

#include <optional>
#include <stop_token>

#include "engine/learning/learning.h"

namespace convscope {

// The parameter whose gradient differs most from the central difference of the loss.
struct GradientCheck {
  // |analytic - numeric|, as a share of the larger of the two, or of 1 % of the losses' sum over
  // the step where that is larger: near an optimum the gradient is 0, and any difference would be
  // infinitely large beside it.
  double largest_error = 0.0;
  Index place = 0;  // of that parameter: in the weight's values, then in the bias
  double analytic = 0.0;
  double numeric = 0.0;
  Index checked = 0;  // parameters that were compared
  // Parameters that could not be: both of their gradients are below kLeastGradient, and not 0.
  Index too_small = 0;

  // Parameters whose gradient, or the loss beside them, is beyond kMostGradient.
  Index too_large = 0;

  // What float32 predictions allow; a wrong sign or factor is 0.5 and more.
  static constexpr double kTolerance = 1e-3;
  // Float32's smallest numbers are 1.4e-45 apart: below this a gradient is rounded by more than
  // half of the tolerance, or to 0.
  static constexpr double kLeastGradient = 2.8e-42;
  // Float32's largest number, less what a gradient below it may be off by.
  static constexpr double kMostGradient = 3.39e38;
  bool passes() const { return largest_error <= kTolerance; }
  bool possible() const { return checked > 0; }
  // Compares one more parameter, from the losses at both ends of a step over `distance`.
  void add(Index at, double by_formula, double loss_above, double loss_below, double distance);
};

// Compares `gradient` with (L(w + h) - L(w - h)) / 2h, for at most `most` parameters that are
// spread evenly. The loss is a quadratic, so that the difference is exact for any h: h is large,
// which keeps rounding small. Each parameter takes two convolutions; empty if `stop` was requested.
// Throws Error where the shapes don't fit the problem.
std::optional<GradientCheck> check_gradient(const LearningProblem& problem, const Parameters& at,
                                            const Parameters& gradient, Index most = 128,
                                            const std::stop_token& stop = {});

}  // namespace convscope
