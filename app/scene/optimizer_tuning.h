#pragma once

#include "app/scene/names.h"
#include "engine/learning/optimizer.h"

namespace convscope::scene {

// The limits of the optimizers' settings, in the window, in scene files and on the command line.
inline constexpr double kMaxMomentum = 0.999;
inline constexpr double kMaxBeta = 0.999999;
inline constexpr double kMinEps = 1e-30;
inline constexpr double kMaxEps = 1.0;

// What the optimizers are set to beside the rate, with torch.optim's names and defaults. Each
// optimizer uses its own of them.
struct OptimizerTuning {
  float momentum = 0.9f;  // β of momentum and Nesterov
  float beta1 = 0.9f;     // Adam's
  float beta2 = 0.999f;
  float eps = 1e-8f;
  friend bool operator==(const OptimizerTuning&, const OptimizerTuning&) = default;
};

// Returns the optimizer with its settings. A setting of 0.9 is the double 0.9 as in PyTorch, not
// the float that is nearest to it.
OptimizerOptions optimizer_options(OptimizerKind kind, const OptimizerTuning& tuning);

}  // namespace convscope::scene
