#include "engine/learning.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "engine/error.h"

namespace convscope {
namespace {

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

bool all_finite(std::span<const float> values) {
  return std::ranges::all_of(values, [](float v) { return std::isfinite(v); });
}

bool all_finite(const Parameters& p) {
  return all_finite(p.weight.values()) && all_finite(p.bias);
}

}  // namespace

bool is_shared(const Shape& weight, const LearningProblem& problem) {
  return weight.n == 1 && weight.c == 1 && problem.options.groups > 1;
}

Parameters expanded(const Parameters& p, const LearningProblem& problem) {
  if (!is_shared(p.weight.shape(), problem)) return p;
  const Index channels = problem.options.groups;
  const auto count = static_cast<std::size_t>(channels);
  return {repeated(p.weight, channels), p.bias.empty() ? p.bias : std::vector(count, p.bias[0])};
}

void require_fit(const LearningProblem& problem, const Parameters& parameters) {
  Shape weight = parameters.weight.shape();
  const bool shared = is_shared(weight, problem);
  if (shared) weight.n = problem.options.groups;
  const Shape out = conv2d_output_shape(problem.input.shape(), weight, problem.options);
  if (out != problem.target.shape()) {
    throw Error("target " + to_string(problem.target.shape()) + " must have the output's shape " +
                to_string(out));
  }
  const Index biases = shared ? 1 : out.c;
  if (!parameters.bias.empty() && std::ssize(parameters.bias) != biases) {
    throw Error("bias has " + std::to_string(parameters.bias.size()) + " values for weight " +
                to_string(parameters.weight.shape()) + ": it must have " + std::to_string(biases));
  }
}

KernelLearner::KernelLearner(const LearningProblem& problem, Parameters start,
                             const std::stop_token& stop)
    : problem_(&problem), parameters_(std::move(start)) {
  require_fit(problem, parameters_);
  gradients_.weight = Tensor(parameters_.weight.shape());
  gradients_.bias.assign(parameters_.bias.size(), 0.0f);
  (void)evaluate(parameters_, stop);
}

KernelLearner::KernelLearner(const LearningProblem& problem, Tensor weight,
                             const std::stop_token& stop)
    : KernelLearner(problem, Parameters{std::move(weight), {}}, stop) {}

StepOutcome KernelLearner::step(float rate, const std::stop_token& stop) {
  next_ = parameters_;
  for (Index k = 0; k < next_.weight.numel(); ++k)
    next_.weight.data()[k] -= rate * gradients_.weight.data()[k];
  for (std::size_t k = 0; k < next_.bias.size(); ++k)
    next_.bias[k] -= rate * gradients_.bias[k];
  return evaluate(next_, stop);
}

StepOutcome KernelLearner::restart(const Parameters& parameters, const std::stop_token& stop) {
  assert(parameters.weight.shape() == weight().shape());
  assert(parameters.bias.size() == parameters_.bias.size());
  next_ = parameters;
  return evaluate(next_, stop);
}

StepOutcome KernelLearner::restart(const Tensor& weight, const std::stop_token& stop) {
  return restart(Parameters{weight, parameters_.bias}, stop);
}

Tensor KernelLearner::error() const {
  Tensor result(prediction_.shape());
  for (Index i = 0; i < result.numel(); ++i) {
    result.data()[i] = prediction_.data()[i] - problem_->target.data()[i];
  }
  return result;
}

StepOutcome KernelLearner::evaluate(const Parameters& parameters, const std::stop_token& stop) {
  if (!all_finite(parameters)) return StepOutcome::kDiverged;
  const bool shared = is_shared(parameters.weight.shape(), *problem_);
  const Parameters full = expanded(parameters, *problem_);
  if (!conv2d_into(problem_->input, full.weight, full.bias, problem_->options, next_prediction_,
                   stop)) {
    return StepOutcome::kStopped;
  }
  const double loss = squared_error(next_prediction_, problem_->target, problem_->reduction);
  Tensor grad_output;
  squared_error_grad(next_prediction_, problem_->target, problem_->reduction, grad_output);
  Parameters gradients{
      conv2d_grad_weight(problem_->input, grad_output, full.weight.shape(), problem_->options), {}};
  if (!full.bias.empty()) gradients.bias = conv2d_grad_bias(grad_output);
  if (shared) {
    gradients.weight = summed(gradients.weight);
    if (!gradients.bias.empty()) {
      gradients.bias = {std::accumulate(gradients.bias.begin(), gradients.bias.end(), 0.0f)};
    }
  }
  if (!std::isfinite(loss) || !all_finite(gradients)) return StepOutcome::kDiverged;
  if (stop.stop_requested()) return StepOutcome::kStopped;
  if (&parameters != &parameters_) parameters_ = parameters;
  gradients_ = std::move(gradients);
  loss_ = loss;
  std::swap(prediction_, next_prediction_);
  return StepOutcome::kStepped;
}

}  // namespace convscope
