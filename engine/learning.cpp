#include "engine/learning.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/error.h"

namespace convscope {
namespace {

bool is_shared(const Tensor& weight, const LearningProblem& problem) {
  return weight.shape().n == 1 && weight.shape().c == 1 && problem.options.groups > 1;
}

// The one kernel as every group's.
Tensor repeated(const Tensor& weight, Index count) {
  Tensor result(Shape{count, 1, weight.shape().h, weight.shape().w});
  for (Index n = 0; n < count; ++n)
    std::ranges::copy(weight.values(), result.plane(n, 0).begin());
  return result;
}

// One kernel's gradient: the sum of its copies' gradients.
Tensor summed(const Tensor& copies) {
  const Shape& s = copies.shape();
  Tensor result(Shape{1, 1, s.h, s.w});
  for (Index k = 0; k < s.h * s.w; ++k) {
    double sum = 0.0;
    for (Index n = 0; n < s.n; ++n) {
      sum += static_cast<double>(copies.plane(n, 0)[static_cast<std::size_t>(k)]);
    }
    result.data()[k] = static_cast<float>(sum);
  }
  return result;
}

bool all_finite(const Tensor& tensor) {
  return std::ranges::all_of(tensor.values(), [](float v) { return std::isfinite(v); });
}

}  // namespace

KernelLearner::KernelLearner(const LearningProblem& problem, Tensor weight,
                             const std::stop_token& stop)
    : problem_(&problem), weight_(std::move(weight)) {
  const Tensor shaped =
      is_shared(weight_, problem) ? repeated(weight_, problem.options.groups) : weight_;
  const Shape out = conv2d_output_shape(problem.input.shape(), shaped.shape(), problem.options);
  if (out != problem.target.shape()) {
    throw Error("target " + to_string(problem.target.shape()) + " must have the output's shape " +
                to_string(out));
  }
  gradient_ = Tensor(weight_.shape());
  (void)evaluate(weight_, stop);
}

StepOutcome KernelLearner::step(float rate, const std::stop_token& stop) {
  next_weight_.resize(weight_.shape());
  for (Index k = 0; k < weight_.numel(); ++k) {
    next_weight_.data()[k] = weight_.data()[k] - rate * gradient_.data()[k];
  }
  return evaluate(next_weight_, stop);
}

StepOutcome KernelLearner::restart(const Tensor& weight, const std::stop_token& stop) {
  next_weight_ = weight;
  return evaluate(next_weight_, stop);
}

Tensor KernelLearner::error() const {
  Tensor result(prediction_.shape());
  for (Index i = 0; i < result.numel(); ++i) {
    result.data()[i] = prediction_.data()[i] - problem_->target.data()[i];
  }
  return result;
}

StepOutcome KernelLearner::evaluate(const Tensor& weight, const std::stop_token& stop) {
  if (!all_finite(weight)) return StepOutcome::kDiverged;
  const bool shared = is_shared(weight, *problem_);
  const Tensor full = shared ? repeated(weight, problem_->options.groups) : weight;
  if (!conv2d_into(problem_->input, full, {}, problem_->options, next_prediction_, stop)) {
    return StepOutcome::kStopped;
  }
  const double loss = squared_error(next_prediction_, problem_->target, problem_->reduction);
  Tensor grad_output;
  squared_error_grad(next_prediction_, problem_->target, problem_->reduction, grad_output);
  Tensor gradient =
      conv2d_grad_weight(problem_->input, grad_output, full.shape(), problem_->options);
  if (shared) gradient = summed(gradient);
  if (!std::isfinite(loss) || !all_finite(gradient)) return StepOutcome::kDiverged;
  if (stop.stop_requested()) return StepOutcome::kStopped;
  if (&weight != &weight_) weight_ = weight;
  gradient_ = std::move(gradient);
  loss_ = loss;
  std::swap(prediction_, next_prediction_);
  return StepOutcome::kStepped;
}

}  // namespace convscope
