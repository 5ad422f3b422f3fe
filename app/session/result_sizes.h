#pragma once

#include <string>
#include <vector>

#include "app/files/memory_limit.h"
#include "app/scene/scene.h"
#include "app/session/training_problem.h"

// Compute how much memory results need, from shapes alone and so before anything is allocated, and
// which of them exceed a limit.
namespace convscope {

// Why results of a layer must not be computed: one sentence each, without full stop; empty if they
// may be.
struct TooLarge {
  std::string output;
  std::string pooled;
  friend bool operator==(const TooLarge&, const TooLarge&) = default;
};

// Returns this for each layer of the scene. The memory of a layer includes that of all layers
// before it: values, indices, weights as the engine takes them, and scratch memory. For layers
// after one without results the evaluation gives the error.
std::vector<TooLarge> too_large_results(const Scene& scene, const MemoryLimit& limit);

// Returns why learning needs too much memory for the copies of input and target, the sums, and the
// errors and predictions of simultaneous snapshots. Empty if it may be done, or if the shapes don't
// fit.
std::string too_large_learning(const TrainingData& data, const MemoryLimit& limit);

}  // namespace convscope
