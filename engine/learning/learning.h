#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/loss.h"

namespace convscope::engine {

// A learning problem: find a weight for which conv2d(input, weight, bias) is close to `target`.
struct LearningProblem {
  Tensor input;   // [N, C_in, H, W]
  Tensor target;  // [N, C_out, H', W']
  Conv2dOptions options;
  Reduction reduction = Reduction::kSum;
};

// The parameters that a learner changes; also the gradient of the loss with respect to them.
struct Parameters {
  // [C_out, C_in / groups, kh, kw], or [1, 1, kh, kw] for one kernel shared by every channel.
  Tensor weight;
  // Empty if no bias is learned. Otherwise C_out values, or a single one for one shared kernel.
  std::vector<float> bias;
  friend bool operator==(const Parameters&, const Parameters&) = default;
};

// Returns whether `weight` [1, 1, kh, kw] is one kernel shared by all the problem's channels
// (options.groups).
bool is_shared(const Shape& weight, const LearningProblem& problem);

// Returns the parameters as conv2d takes them, with a shared kernel and bias repeated for every
// channel.
Parameters expanded(const Parameters& parameters, const LearningProblem& problem);

// Throws Error where the weight, the bias (unless empty) or the target doesn't fit the problem.
void require_fit(const LearningProblem& problem, const Parameters& parameters);

// Returns conv2d with the parameters minus the target, [N, C_out, H', W'].
Tensor prediction_error(const LearningProblem& problem, const Parameters& parameters);

enum class StepOutcome {
  kStepped,
  kDiverged,  // the loss or a weight stopped being finite; the parameters are the last finite ones
  kStopped,   // the stop token asked for it; nothing has changed
};

// How a learner evaluates its parameters.
enum class LearningPath {
  kSeparate,  // conv2d, error and gradients one after the other: any problem
  kTiles,     // fast/learn_path.h: all three tile by tile
};
// Returns whether the path fits the problem; kSeparate always does.
bool path_fits(LearningPath path, const Shape& weight, const Conv2dOptions& options);

// Full-batch gradient descent on a LearningProblem, which must outlive it. Deterministic to the
// bit. If one kernel is shared by every channel (weight [1, 1, kh, kw], options.groups = C), its
// gradient is the sum over the channels.
class KernelLearner {
 public:
  // Evaluates the loss and gradient of the start, on `path`, which must fit the weight of all
  // channels, or on the fastest one. Throws Error where the shapes don't fit.
  KernelLearner(const LearningProblem& problem, Parameters start, const std::stop_token& stop = {},
                std::optional<LearningPath> path = {});
  // Starts without a bias.
  KernelLearner(const LearningProblem& problem, Tensor weight, const std::stop_token& stop = {});

  // Does parameters -= rate * gradient, then evaluates the new loss and gradient. For other update
  // rules see optimizer.h.
  StepOutcome step(float rate, const std::stop_token& stop = {});
  // Takes and evaluates other parameters of the same shapes.
  StepOutcome restart(const Parameters& parameters, const std::stop_token& stop = {});
  StepOutcome restart(const Tensor& weight, const std::stop_token& stop = {});

  const Parameters& parameters() const { return parameters_; }
  const Parameters& gradients() const { return gradients_; }  // d(loss)/d(parameters)
  const Tensor& weight() const { return parameters_.weight; }
  const Tensor& gradient() const { return gradients_.weight; }  // d(loss)/d(weight)
  double loss() const { return loss_; }                         // of parameters()
  // Returns whether the start's loss or a gradient exceeds float32. Both are then only partly
  // finite, and no step can be taken.
  bool overflows() const { return overflows_; }
  // Returns the prediction of parameters() minus the target.
  const Tensor& error() const { return error_; }

 private:
  StepOutcome evaluate(const Parameters& parameters, const std::stop_token& stop,
                       bool start = false);
  // Computes next_error_ and next_gradients_ of parameters for all channels and returns the sum of
  // squared errors, or nullopt if stopped. The gradients are of half the sum of squares.
  std::optional<double> pass(const Parameters& parameters, const std::stop_token& stop);

  const LearningProblem* problem_;
  LearningPath path_ = LearningPath::kSeparate;
  Parameters parameters_;
  Parameters gradients_;
  double loss_ = 0.0;
  bool overflows_ = false;
  Tensor error_;
  // Results under evaluation, swapped in once they are known to be finite.
  Parameters next_;
  Parameters next_gradients_;
  Tensor next_error_;
  Conv2dWorkspace workspace_;
};

}  // namespace convscope::engine
