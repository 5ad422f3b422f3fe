#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "app/files/memory_limit.h"
#include "app/scene/scene.h"
#include "app/session/names.h"
#include "engine/learning/quadratic.h"

namespace convscope::session {

// Everything that the sums of a run depend on.
struct TrainingData {
  TensorPtr input;
  KernelScene target;  // the kernel that makes the target; the learned weight has the same shape
  TensorPtr picture;   // the target itself [N, C_out, H', W'], used instead of `target` unless null
  ConvScene conv;
  Reduction reduction = Reduction::kSum;
  bool bias = false;
  double noise = 0.0;  // standard deviation of the noise added to the target
  std::uint64_t noise_seed = 0;
  bool hidden = false;  // whether the hidden kernel makes the target
  friend bool operator==(const TrainingData&, const TrainingData&) = default;
};

// Returns what a scene asks to learn.
TrainingData training_data(const Scene& scene);

// A learning problem with its sums, made once for all runs on the same data.
struct TrainingProblem {
  TrainingData data;
  std::shared_ptr<const LearningProblem> problem;
  TensorPtr target;                           // the problem's target; null if it can't be made
  std::shared_ptr<const QuadraticLoss> loss;  // null if there is nothing to learn
  std::string message;                        // one sentence why there is no loss
};
using TrainingProblemPtr = std::shared_ptr<const TrainingProblem>;

// Returns the problem with its sums; null if `stop` was requested. `progress` receives the finished
// share, from 0 to 1. If there is nothing to learn, or a run would need more memory than `limit`,
// the problem has no loss and its message says why.
TrainingProblemPtr make_training_problem(const TrainingData& data, const std::stop_token& stop,
                                         const Progress& progress = {},
                                         const MemoryLimit& limit = {});

// Returns a problem without a loss whose message says that the user cancelled its sums.
TrainingProblemPtr cancelled_training_problem(const TrainingData& data);
// Returns a problem without a loss whose message says that there is not enough memory.
TrainingProblemPtr short_training_problem(const TrainingData& data);

}  // namespace convscope::session
