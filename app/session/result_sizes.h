#pragma once

#include <string>
#include <vector>

#include "app/files/memory_limit.h"
#include "app/scene/scene.h"
#include "app/session/names.h"
#include "app/session/training_problem.h"

// Compute how much memory results need, from shapes alone and so before anything is allocated, and
// which of them exceed a limit.
namespace convscope::session {

// Why the output and the pooled values of a layer exceed the memory limit, as sentences without a
// full stop. Empty for values that don't.
struct TooLarge {
  std::string output;
  std::string pooled;
  friend bool operator==(const TooLarge&, const TooLarge&) = default;
};

// Returns which results of each layer exceed the limit. The memory of a layer is added to that of
// all layers before it: values, indices, weights as the engine takes them, and scratch memory.
// Layers after one without an output are left empty; the evaluation reports why they have none.
std::vector<TooLarge> too_large_results(const Scene& scene, const MemoryLimit& limit);

// Returns one sentence why learning exceeds the limit with its copies of input and target, its
// sums, and the errors and predictions of several snapshots. Empty if it doesn't, or if the shapes
// don't fit.
std::string too_large_learning(const TrainingData& data, const MemoryLimit& limit);

}  // namespace convscope::session
