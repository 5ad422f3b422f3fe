#pragma once

#include <memory>

#include "engine/learning/quadratic.h"

namespace convscope::engine {

// Full-batch gradient descent like KernelLearner's, with parameters in float32 and the same
// outcomes, computed from a QuadraticLoss. Loss and gradient are exact, and a step costs O(size²)
// whatever the size of the picture. Deterministic to the bit.
class GramLearner {
 public:
  // `start` must have the shapes that `loss` was built for: asserted. `loss` is shared, not copied.
  GramLearner(std::shared_ptr<const QuadraticLoss> loss, Parameters start);

  // Does parameters -= rate * gradient, then evaluates the new loss and gradient. The stop tokens
  // only match KernelLearner's interface; a step is too short to be interrupted.
  StepOutcome step(float rate, const std::stop_token& stop = {});
  // Takes and evaluates other parameters of the same shapes.
  StepOutcome restart(const Parameters& parameters, const std::stop_token& stop = {});

  const Parameters& parameters() const { return parameters_; }
  const Parameters& gradients() const { return gradients_; }
  const Tensor& weight() const { return parameters_.weight; }
  const Tensor& gradient() const { return gradients_.weight; }
  double loss() const { return loss_; }
  // Returns whether the start's loss or a gradient exceeds float32. The gradient then has
  // infinities for values that are too large, and no step can be taken.
  bool overflows() const { return overflows_; }
  const QuadraticLoss& quadratic() const { return *quadratic_; }

 private:
  StepOutcome evaluate(bool start = false);

  std::shared_ptr<const QuadraticLoss> quadratic_;
  Parameters parameters_;
  Parameters gradients_;
  double loss_ = 0.0;
  bool overflows_ = false;
  // Parameters under evaluation, and their flat forms.
  Parameters next_;
  std::vector<double> flat_;
  std::vector<double> flat_gradient_;
};

}  // namespace convscope::engine
