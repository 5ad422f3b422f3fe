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
  KernelScene target;  // its weight and bias make the target; the learned weight has its shape
  TensorPtr picture;   // the target itself instead, or null
  ConvScene conv;
  Reduction reduction = Reduction::kSum;
  bool bias = false;
  double noise = 0.0;  // standard deviation of the noise added to the target
  std::uint64_t noise_seed = 0;
  bool hidden = false;  // whether the hidden kernel makes the target
  friend bool operator==(const TrainingData&, const TrainingData&) = default;
};

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

// Returns the problem; null if `stop` was requested. `progress` receives the finished share, from 0
// to 1. If a run needs more than `limit`, there is nothing to learn.
TrainingProblemPtr make_training_problem(const TrainingData& data, const std::stop_token& stop,
                                         const Progress& progress = {},
                                         const MemoryLimit& limit = {});

// Replace a problem that the user cancelled, and one that there is not enough memory for.
TrainingProblemPtr cancelled_training_problem(const TrainingData& data);
TrainingProblemPtr short_training_problem(const TrainingData& data);

}  // namespace convscope::session
