#pragma once

#include <string>
#include <vector>

#include "app/files/memory_limit.h"
#include "app/scene/scene.h"
#include "app/session/training_problem.h"

// What computations would take, from shapes alone and so before anything is allocated, and the
// sentences that say what of it is more than a limit.
namespace convscope {

// Why a layer must not give results: one sentence each without its stop, empty where it may.
struct TooLarge {
  std::string output;
  std::string pooled;
  friend bool operator==(const TooLarge&, const TooLarge&) = default;
};

// For each layer of the scene. The results of a layer count with those of all
// before it: values, indices, weights as the engine takes them, and scratch memory. The layers
// behind one that gives nothing, for whatever reason, are left to the evaluation, which says so.
std::vector<TooLarge> too_large_results(const Scene& scene, const MemoryLimit& limit);

// The copies of input and target, the sums, and the errors and predictions of the snapshots that
// are there at once. Empty where they may be taken, or where the shapes don't fit.
std::string too_large_learning(const TrainingData& data, const MemoryLimit& limit);

}  // namespace convscope
