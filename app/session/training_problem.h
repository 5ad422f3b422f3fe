#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "app/files/memory_limit.h"
#include "app/scene/scene.h"
#include "engine/learning/quadratic.h"

namespace convscope {

// What the sums of a run depend on.
struct TrainingData {
  TensorPtr input;
  KernelScene target;  // its weight and bias make the target; what is learned has its shape
  TensorPtr picture;   // the target itself, in place of that; or null
  ConvScene conv;
  Reduction reduction = Reduction::kSum;
  bool bias = false;
  double noise = 0.0;  // standard deviation of what is added to the target
  std::uint64_t noise_seed = 0;
  bool hidden = false;  // the target is made by the hidden kernel
  friend bool operator==(const TrainingData&, const TrainingData&) = default;
};

TrainingData training_data(const Scene& scene);

// A learning problem with its sums: made once for all runs on the same data.
struct TrainingProblem {
  TrainingData data;
  std::shared_ptr<const LearningProblem> problem;
  TensorPtr target;                           // the problem's; null where it can't be made
  std::shared_ptr<const QuadraticLoss> loss;  // null where there is nothing to learn
  std::string message;                        // and one sentence why
};
using TrainingProblemPtr = std::shared_ptr<const TrainingProblem>;

// Null if `stop` was requested. `progress` gets the share that is done, from 0 to 1. Where a run
// would take more than `limit`, there is nothing to learn.
TrainingProblemPtr make_training_problem(const TrainingData& data, const std::stop_token& stop,
                                         const Progress& progress = {},
                                         const MemoryLimit& limit = {});

// In place of a problem that the user did not wait for, and of one that there is no memory for.
TrainingProblemPtr cancelled_training_problem(const TrainingData& data);
TrainingProblemPtr short_training_problem(const TrainingData& data);

}  // namespace convscope
