#include "engine/learning/gram_learner.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace convscope::engine {
namespace {

constexpr double kLargest = std::numeric_limits<float>::max();

// Returns whether all values are finite and stay so as floats.
bool all_finite(std::span<const double> values) {
  return std::ranges::all_of(values, [](double v) { return std::abs(v) <= kLargest; });
}

// Replaces values beyond float32 by infinity.
void overflow_to_infinity(std::span<double> values) {
  for (double& v : values) {
    if (std::abs(v) > kLargest) v = std::copysign(std::numeric_limits<double>::infinity(), v);
  }
}

}  // namespace

GramLearner::GramLearner(std::shared_ptr<const QuadraticLoss> loss, Parameters start)
    : quadratic_(std::move(loss)),
      parameters_(std::move(start)),
      next_(parameters_),
      flat_(static_cast<std::size_t>(quadratic_->parameters())),
      flat_gradient_(flat_.size()) {
  gradients_ = quadratic_->unflattened(flat_gradient_);
  (void)evaluate(true);
}

StepOutcome GramLearner::step(float rate, const std::stop_token& stop) {
  if (stop.stop_requested()) return StepOutcome::kStopped;
  for (Index k = 0; k < next_.weight.numel(); ++k)
    next_.weight.data()[k] = weight().data()[k] - rate * gradient().data()[k];
  for (std::size_t k = 0; k < next_.bias.size(); ++k)
    next_.bias[k] = parameters_.bias[k] - rate * gradients_.bias[k];
  return evaluate();
}

StepOutcome GramLearner::restart(const Parameters& parameters, const std::stop_token& stop) {
  if (stop.stop_requested()) return StepOutcome::kStopped;
  next_ = parameters;
  return evaluate();
}

// A start's values are taken even if they are not finite; otherwise it would seem to have a loss of
// 0.
StepOutcome GramLearner::evaluate(bool start) {
  quadratic_->flatten(next_, flat_);
  if (!all_finite(flat_)) return StepOutcome::kDiverged;
  const double loss = quadratic_->evaluate(flat_, flat_gradient_);
  const bool finite = std::isfinite(loss) && all_finite(flat_gradient_);
  if (!finite && !start) return StepOutcome::kDiverged;
  overflows_ = !finite;
  if (!finite) overflow_to_infinity(flat_gradient_);
  quadratic_->unflatten(flat_gradient_, gradients_);
  std::swap(parameters_, next_);
  loss_ = loss;
  return finite ? StepOutcome::kStepped : StepOutcome::kDiverged;
}

}  // namespace convscope::engine
