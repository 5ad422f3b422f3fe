#include "engine/learning/learning.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/value_range.h"
#include "engine/ops/fast/learn_path.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::engine {
namespace {

// Repeats one kernel for every group.
Tensor repeated(const Tensor& weight, Index count) {
  Tensor result(Shape{count, 1, weight.shape().h, weight.shape().w});
  for (Index n = 0; n < count; ++n)
    std::ranges::copy(weight.values(), result.plane(n, 0).begin());
  return result;
}

// Returns the gradient of one kernel, the sum of its copies' gradients.
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

// Adds the copies' gradients of a shared kernel and its bias.
void sum_copies(Parameters& gradients) {
  gradients.weight = summed(gradients.weight);
  if (gradients.bias.empty()) return;
  const float sum = std::accumulate(gradients.bias.begin(), gradients.bias.end(), 0.0f);
  gradients.bias.assign(1, sum);
}

void scale(Parameters& gradients, float factor) {
  for (float& value : gradients.weight.values())
    value *= factor;
  for (float& value : gradients.bias)
    value *= factor;
}

LearningPath choose_path(const Shape& weight, const LearningProblem& p) {
  constexpr Index kSmallWork = 4096;  // below this many products the tiles cost more than they save
  const bool small = p.target.numel() * weight.c * weight.h * weight.w < kSmallWork;
  return !small && path_fits(LearningPath::kTiles, weight, p.options) ? LearningPath::kTiles
                                                                      : LearningPath::kSeparate;
}

bool all_finite(const Parameters& p) {
  return engine::all_finite(p.weight.values()) && engine::all_finite(p.bias);
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

Tensor prediction_error(const LearningProblem& problem, const Parameters& parameters) {
  require_fit(problem, parameters);
  const Parameters full = expanded(parameters, problem);
  Tensor result = conv2d(problem.input, full.weight, full.bias, problem.options);
  (void)subtract_target(result, problem.target, problem.reduction);
  return result;
}

bool path_fits(LearningPath path, const Shape& weight, const Conv2dOptions& options) {
  return path == LearningPath::kSeparate || fast::learn_fits(weight, options);
}

KernelLearner::KernelLearner(const LearningProblem& problem, Parameters start,
                             const std::stop_token& stop, std::optional<LearningPath> path)
    : problem_(&problem), parameters_(std::move(start)) {
  require_fit(problem, parameters_);
  Shape weight = parameters_.weight.shape();
  if (is_shared(weight, problem)) weight.n = problem.options.groups;
  path_ = path.value_or(choose_path(weight, problem));
  assert(path_fits(path_, weight, problem.options));
  gradients_.weight = Tensor(parameters_.weight.shape());
  gradients_.bias.assign(parameters_.bias.size(), 0.0f);
  (void)evaluate(parameters_, stop, true);
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

// A start's values are taken even if they are not finite; otherwise it would seem to have a loss of
// 0.
StepOutcome KernelLearner::evaluate(const Parameters& parameters, const std::stop_token& stop,
                                    bool start) {
  if (!all_finite(parameters)) return StepOutcome::kDiverged;
  const LearningProblem& p = *problem_;
  const bool shared = is_shared(parameters.weight.shape(), p);
  const Parameters repeated = shared ? expanded(parameters, p) : Parameters();
  const Parameters& full = shared ? repeated : parameters;
  const std::optional<double> squares = pass(full, stop);
  if (!squares) return StepOutcome::kStopped;
  const auto count = static_cast<double>(p.target.numel());
  const double loss = p.reduction == Reduction::kMean ? *squares / count : *squares;
  Parameters& gradients = next_gradients_;
  if (shared) sum_copies(gradients);
  // The derivative of error² is 2 error times the derivative of the error.
  scale(gradients,
        p.reduction == Reduction::kMean ? 2.0f / static_cast<float>(p.target.numel()) : 2.0f);
  const bool finite = std::isfinite(loss) && all_finite(gradients);
  if (!finite && !start) return StepOutcome::kDiverged;
  if (stop.stop_requested()) return StepOutcome::kStopped;
  if (&parameters != &parameters_) parameters_ = parameters;
  std::swap(gradients_, next_gradients_);
  std::swap(error_, next_error_);
  // With infinite errors the sum may be NaN; the loss is infinite nonetheless.
  loss_ = std::isnan(loss) ? std::numeric_limits<double>::infinity() : loss;
  overflows_ = !finite;
  return finite ? StepOutcome::kStepped : StepOutcome::kDiverged;
}

std::optional<double> KernelLearner::pass(const Parameters& parameters,
                                          const std::stop_token& stop) {
  const LearningProblem& p = *problem_;
  const auto& [weight, bias] = parameters;
  Parameters& gradients = next_gradients_;
  gradients.weight.resize(weight.shape());
  if (path_ == LearningPath::kTiles) {
    next_error_.resize(p.target.shape());
    gradients.bias.resize(bias.size());
    fast::LearnPass pass{next_error_, gradients.weight, gradients.bias};
    if (!fast::learn_path(p.input, p.target, weight, bias, p.options, pass, workspace_.scratch(),
                          stop))
      return std::nullopt;
    return pass.squares;
  }
  if (!conv2d_into(p.input, weight, bias, p.options, next_error_, workspace_, stop))
    return std::nullopt;
  const double squares = subtract_target(next_error_, p.target, Reduction::kSum);
  if (!conv2d_grad_weight_into(p.input, next_error_, p.options, gradients.weight, workspace_, stop))
    return std::nullopt;
  if (!bias.empty()) gradients.bias = conv2d_grad_bias(next_error_);
  return squares;
}

}  // namespace convscope::engine
