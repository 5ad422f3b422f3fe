#pragma once

#include <stop_token>

#include "engine/conv2d.h"
#include "engine/loss.h"
#include "engine/tensor.h"

namespace convscope {

// What is learned: a weight for which conv2d(input, weight) comes close to `target`.
struct LearningProblem {
  Tensor input;   // [N, C_in, H, W]
  Tensor target;  // [N, C_out, H', W']
  Conv2dOptions options;
  Reduction reduction = Reduction::kSum;
};

enum class StepOutcome {
  kStepped,
  kDiverged,  // the loss or a weight is no longer a finite number; the weight is the last finite
              // one
  kStopped,   // the stop token asked for it; nothing has changed
};

// Full-batch gradient descent on a LearningProblem, which must outlive it. Deterministic to the
// bit. With one kernel for every channel (weight [1, 1, kh, kw], options.groups = C), its gradient
// is the sum over the channels.
class KernelLearner {
 public:
  // `weight` is [C_out, C_in / groups, kh, kw], or [1, 1, kh, kw] for one kernel on every channel.
  // Throws Error where the shapes don't fit. Evaluates the loss and gradient of the start.
  KernelLearner(const LearningProblem& problem, Tensor weight, const std::stop_token& stop = {});

  // weight -= rate * gradient, then the loss and gradient of the new weight.
  StepOutcome step(float rate, const std::stop_token& stop = {});
  // Takes `weight` (of the same shape) and evaluates it.
  StepOutcome restart(const Tensor& weight, const std::stop_token& stop = {});

  const Tensor& weight() const { return weight_; }
  const Tensor& gradient() const { return gradient_; }  // d(loss)/d(weight)
  double loss() const { return loss_; }                 // of weight()
  // The prediction with weight() minus the target.
  Tensor error() const;

 private:
  StepOutcome evaluate(const Tensor& weight, const std::stop_token& stop);

  const LearningProblem* problem_;
  Tensor weight_;
  Tensor gradient_;
  double loss_ = 0.0;
  Tensor prediction_;  // of weight_
  // Of a weight that is being evaluated; swapped in when it is known to be finite.
  Tensor next_prediction_;
  Tensor next_weight_;
};

}  // namespace convscope
