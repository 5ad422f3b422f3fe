#include "engine/learning/gradient_check.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/ops/conv2d_plan.h"

namespace convscope::engine {
namespace {

float& value_at(Parameters& p, Index place) {
  if (place < p.weight.numel()) return p.weight.data()[place];
  return p.bias[static_cast<std::size_t>(place - p.weight.numel())];
}

// Computes the loss of any parameters with a convolution.
class Forward {
 public:
  Forward(const LearningProblem& problem, const std::stop_token& stop)
      : problem_(problem), stop_(stop) {}

  std::optional<double> loss(const Parameters& p) {
    const Parameters full = expanded(p, problem_);
    if (!conv2d_into(problem_.input, full.weight, full.bias, problem_.options, prediction_,
                     workspace_, stop_))
      return std::nullopt;
    return squared_error(prediction_, problem_.target, problem_.reduction);
  }

 private:
  const LearningProblem& problem_;
  const std::stop_token& stop_;
  Tensor prediction_;
  Conv2dWorkspace workspace_;
};

}  // namespace

std::optional<GradientCheck> check_gradient(const LearningProblem& problem, const Parameters& at,
                                            const Parameters& gradient, Index max_checked,
                                            const std::stop_token& stop) {
  require_fit(problem, at);
  assert(at.weight.shape() == gradient.weight.shape() && at.bias.size() == gradient.bias.size());
  const Index count = at.weight.numel() + std::ssize(at.bias);
  const Index compared = std::min(count, max_checked);
  GradientCheck result;
  Forward forward(problem, stop);
  Parameters moved = at;
  Parameters gradients = gradient;
  for (Index k = 0; k < compared; ++k) {
    const Index place = k * count / compared;
    float& value = value_at(moved, place);
    const float kept = value;
    const float h = std::max(0.5f, 0.5f * std::abs(kept));
    value = kept + h;
    const float above = value;
    const std::optional<double> loss_above = forward.loss(moved);
    value = kept - h;
    const double distance = static_cast<double>(above) - static_cast<double>(value);
    const std::optional<double> loss_below = forward.loss(moved);
    value = kept;
    if (!loss_above || !loss_below) return std::nullopt;
    result.add(place, static_cast<double>(value_at(gradients, place)), *loss_above, *loss_below,
               distance);
  }
  return result;
}

void GradientCheck::add(Index at, double by_formula, double loss_above, double loss_below,
                        double distance) {
  const double by_difference = (loss_above - loss_below) / distance;
  // Where a loss is not finite there is no difference to compare with.
  if (!(std::abs(by_difference) <= kMaxGradient)) {
    ++too_large;
    return;
  }
  const double larger = std::max(std::abs(by_formula), std::abs(by_difference));
  if (larger > 0.0 && larger < kMinGradient) {
    ++too_small;
    return;
  }
  const double min_scale = 0.01 * (loss_above + loss_below) / distance;
  const double difference = std::abs(by_formula - by_difference);
  // If the difference is not a number, the check fails.
  const double error = difference == 0.0 ? 0.0 : difference / std::max(larger, min_scale);
  if (!(error <= largest_error) || checked == 0) {
    largest_error = std::isnan(error) ? HUGE_VAL : error;
    place = at;
    analytic = by_formula;
    numeric = by_difference;
  }
  ++checked;
}

}  // namespace convscope::engine
