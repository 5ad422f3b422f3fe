#pragma once

#include <string_view>
#include <vector>

#include "engine/learning/learning.h"

namespace convscope {

// PyTorch 1.13's torch.optim, in float32 as there:
//
//   kSgd        w -= rate g
//   kMomentum   m = 0.9 m + g (m = g in the first step);  w -= rate m
//   kNesterov   m as above;  w -= rate (g + 0.9 m)
//   kAdam       m = 0.9 m + 0.1 g;  s = 0.999 s + 0.001 g²;  t counts the steps;
//               w -= rate / (1 - 0.9^t) · m / (√s / √(1 - 0.999^t) + 1e-8)
//
// Sources: torch/optim/sgd.py and adam.py; Kingma, Ba: Adam, 2015.
enum class OptimizerKind { kSgd, kMomentum, kNesterov, kAdam };

// Learning rates are positive and finite as normal numbers of float32, too.
inline constexpr double kMinRate = 1.2e-38;
inline constexpr double kMaxRate = 3.4e38;

// "sgd", "momentum", "nesterov", "adam".
const char* name(OptimizerKind kind);
// The kind of that name. Throws Error for another.
OptimizerKind optimizer_kind(std::string_view name);

struct OptimizerOptions {
  OptimizerKind kind = OptimizerKind::kSgd;
  double momentum = 0.9;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  friend bool operator==(const OptimizerOptions&, const OptimizerOptions&) = default;
};

// An update rule with what it remembers from step to step. A copy continues exactly as the
// original: copy the optimizer and the parameters to resume a run bit for bit.
class Optimizer {
 public:
  Optimizer() = default;
  explicit Optimizer(const OptimizerOptions& options) : options_(options) {}
  explicit Optimizer(OptimizerKind kind) { options_.kind = kind; }

  // One update of `parameters` by `gradient`, which has their shape; asserts that every call
  // brings parameters of the same number.
  void step(Parameters& parameters, const Parameters& gradient, double rate);

  const OptimizerOptions& options() const { return options_; }
  Index steps() const { return steps_; }
  // Values that it keeps of each parameter from the first step on: 0, 1 or, Adam, 2.
  std::size_t values_kept() const;
  friend bool operator==(const Optimizer&, const Optimizer&) = default;

 private:
  OptimizerOptions options_;
  Index steps_ = 0;
  // A value for each weight, then for each bias; empty where the rule needs none.
  std::vector<float> first_;   // the momentum, or Adam's mean of gradients
  std::vector<float> second_;  // Adam's mean of squared gradients
};

// One step of a KernelLearner or a GramLearner by `optimizer`. Where the outcome is not kStepped
// the optimizer, too, is as before.
template <typename Learner>
StepOutcome step(Learner& learner, Optimizer& optimizer, double rate,
                 const std::stop_token& stop = {}) {
  Parameters next = learner.parameters();
  Optimizer advanced = optimizer;
  advanced.step(next, learner.gradients(), rate);
  const StepOutcome outcome = learner.restart(next, stop);
  if (outcome == StepOutcome::kStepped) optimizer = std::move(advanced);
  return outcome;
}

}  // namespace convscope
