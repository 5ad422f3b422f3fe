#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/export/names.h"
#include "engine/learning/optimizer.h"
#include "engine/learning/quadratic.h"

namespace convscope::exports {

// A run of gradient descent in double, as a snippet takes it: what the window's steps in float32
// are compared with.
struct ExactRun {
  std::vector<double> flat;  // the parameters after the steps (QuadraticLoss)
  double loss = 0.0;
};

// One rate for each step.
using StepRates = std::span<const double>;

// Returns the run on `loss`. With `optimum`, the parameters that make the target, the loss is
// (w - optimum)ᵀ A (w - optimum) instead, as if the target were not rounded.
ExactRun exact_run(const QuadraticLoss& loss, const Parameters& start,
                   const std::optional<Parameters>& optimum, const OptimizerOptions& optimizer,
                   StepRates rates);

}  // namespace convscope::exports
