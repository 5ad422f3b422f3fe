#pragma once

#include <memory>

#include "engine/learning/quadratic.h"

namespace convscope {

// The same full-batch learning as KernelLearner's (parameters in float32, the same outcomes) from a
// QuadraticLoss: the loss and gradient are exact, and a step costs O(size²) whatever the picture's
// size. Deterministic to the bit.
class GramLearner {
 public:
  // `start` has the shapes that `loss` was built for: asserted. `loss` is shared, not copied.
  GramLearner(std::shared_ptr<const QuadraticLoss> loss, Parameters start);

  // The stop token is there for the sake of KernelLearner's interface; a step is not interrupted.
  StepOutcome step(float rate, const std::stop_token& stop = {});
  StepOutcome restart(const Parameters& parameters, const std::stop_token& stop = {});

  const Parameters& parameters() const { return parameters_; }
  const Parameters& gradients() const { return gradients_; }
  const Tensor& weight() const { return parameters_.weight; }
  const Tensor& gradient() const { return gradients_.weight; }
  double loss() const { return loss_; }
  // The loss or a gradient of the start is beyond float32: the gradient has infinities in place of
  // what it is too large for, and no step can be taken.
  bool overflows() const { return overflows_; }
  const QuadraticLoss& quadratic() const { return *quadratic_; }

 private:
  StepOutcome evaluate(bool start = false);

  std::shared_ptr<const QuadraticLoss> quadratic_;
  Parameters parameters_;
  Parameters gradients_;
  double loss_ = 0.0;
  bool overflows_ = false;
  // Of the parameters that are being evaluated.
  Parameters next_;
  std::vector<double> flat_;
  std::vector<double> flat_gradient_;
};

}  // namespace convscope
