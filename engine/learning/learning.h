#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/loss.h"

namespace convscope {

// What is learned: a weight for which conv2d(input, weight, bias) comes close to `target`.
struct LearningProblem {
  Tensor input;   // [N, C_in, H, W]
  Tensor target;  // [N, C_out, H', W']
  Conv2dOptions options;
  Reduction reduction = Reduction::kSum;
};

// What a learner changes, and the gradient of the loss by it.
struct Parameters {
  Tensor
      weight;  // [C_out, C_in / groups, kh, kw], or [1, 1, kh, kw] for one kernel on every channel
  // Empty where no bias is learned. Else C_out values, or a single one beside one kernel.
  std::vector<float> bias;
  friend bool operator==(const Parameters&, const Parameters&) = default;
};

// Whether `weight` [1, 1, kh, kw] is the one kernel of all the problem's channels (options.groups).
bool is_shared(const Shape& weight, const LearningProblem& problem);

// The parameters as conv2d takes them: one kernel and bias repeated for every channel.
Parameters expanded(const Parameters& parameters, const LearningProblem& problem);

// Throws Error where the weight, the bias (unless empty) or the target doesn't fit the problem.
void require_fit(const LearningProblem& problem, const Parameters& parameters);

// conv2d with the parameters, minus the target.
Tensor prediction_error(const LearningProblem& problem, const Parameters& parameters);

enum class StepOutcome {
  kStepped,
  kDiverged,  // the loss or a weight is no longer a finite number; the weight is the last finite
              // one
  kStopped,   // the stop token asked for it; nothing has changed
};

// How a learner evaluates its parameters.
enum class LearningPath {
  kSeparate,  // conv2d, the error and the gradients one after the other: any problem
  kTiles,     // fast/learn_path.h: all of them tile by tile
};
// Whether that path takes the problem; kSeparate takes all.
bool path_fits(LearningPath path, const Shape& weight, const Conv2dOptions& options);

// Full-batch gradient descent on a LearningProblem, which must outlive it. Deterministic to the
// bit. With one kernel for every channel (weight [1, 1, kh, kw], options.groups = C), its gradient
// is the sum over the channels.
class KernelLearner {
 public:
  // Throws Error where the shapes don't fit. Evaluates the loss and gradient of the start. On
  // `path`, which must fit the weight of all channels, or on the fastest.
  KernelLearner(const LearningProblem& problem, Parameters start, const std::stop_token& stop = {},
                std::optional<LearningPath> path = {});
  // Without a bias.
  KernelLearner(const LearningProblem& problem, Tensor weight, const std::stop_token& stop = {});

  // Parameters -= rate * gradient, then the loss and gradient of the new ones. Other rules:
  // optimizer.h.
  StepOutcome step(float rate, const std::stop_token& stop = {});
  // Takes parameters of the same shapes and evaluates them.
  StepOutcome restart(const Parameters& parameters, const std::stop_token& stop = {});
  StepOutcome restart(const Tensor& weight, const std::stop_token& stop = {});

  const Parameters& parameters() const { return parameters_; }
  const Parameters& gradients() const { return gradients_; }  // d(loss)/d(parameters)
  const Tensor& weight() const { return parameters_.weight; }
  const Tensor& gradient() const { return gradients_.weight; }  // d(loss)/d(weight)
  double loss() const { return loss_; }                         // of parameters()
  // The loss or a gradient of the start is beyond float32: both are as far as they are finite, and
  // no step can be taken.
  bool overflows() const { return overflows_; }
  // The prediction with parameters() minus the target.
  const Tensor& error() const { return error_; }

 private:
  StepOutcome evaluate(const Parameters& parameters, const std::stop_token& stop,
                       bool start = false);
  // The sum of squares, next_error_ and next_gradients_ of parameters for all channels; none if
  // stopped. The gradients are of half the sum of squares.
  std::optional<double> pass(const Parameters& parameters, const std::stop_token& stop);

  const LearningProblem* problem_;
  LearningPath path_ = LearningPath::kSeparate;
  Parameters parameters_;
  Parameters gradients_;
  double loss_ = 0.0;
  bool overflows_ = false;
  Tensor error_;
  // Of parameters that are being evaluated; swapped in when they are known to be finite.
  Parameters next_;
  Parameters next_gradients_;
  Tensor next_error_;
  Conv2dWorkspace workspace_;
};

}  // namespace convscope
