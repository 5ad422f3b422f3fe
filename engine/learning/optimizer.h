#pragma once

#include <string_view>
#include <vector>

#include "engine/learning/learning.h"

namespace convscope::engine {

// The optimizers of torch.optim (PyTorch 1.13), in float32 as there:
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

// Returns "sgd", "momentum", "nesterov" or "adam".
const char* name(OptimizerKind kind);
// Returns the kind with this name. Throws Error for an unknown name.
OptimizerKind optimizer_kind(std::string_view name);

// An optimizer and its settings, with torch.optim's names and defaults.
struct OptimizerOptions {
  OptimizerKind kind = OptimizerKind::kSgd;
  double momentum = 0.9;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-8;
  friend bool operator==(const OptimizerOptions&, const OptimizerOptions&) = default;
};

// An update rule with its state. A copy continues exactly as the original: copying the optimizer
// and the parameters resumes a run bit for bit.
class Optimizer {
 public:
  Optimizer() = default;
  explicit Optimizer(const OptimizerOptions& options) : options_(options) {}
  explicit Optimizer(OptimizerKind kind) { options_.kind = kind; }

  // Updates `parameters` by `gradient`, which has the same shapes. Asserts that every call has the
  // same number of parameters.
  void step(Parameters& parameters, const Parameters& gradient, double rate);

  const OptimizerOptions& options() const { return options_; }
  Index steps() const { return steps_; }
  // Returns how many values it keeps for each parameter from the first step on: 0, 1, or 2 for
  // Adam.
  std::size_t values_kept() const;
  friend bool operator==(const Optimizer&, const Optimizer&) = default;

 private:
  OptimizerOptions options_;
  Index steps_ = 0;
  // One value for each weight, then for each bias; empty if the rule needs none.
  std::vector<float> first_;   // momentum, or Adam's mean of gradients
  std::vector<float> second_;  // Adam's mean of squared gradients
};

// Takes one step of a KernelLearner or GramLearner with `optimizer`, whose state only advances if
// the outcome is kStepped.
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

}  // namespace convscope::engine
