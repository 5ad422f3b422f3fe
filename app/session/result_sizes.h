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

// Why results of a layer must not be computed: one sentence each, without full stop; empty if they
// may be.
struct TooLarge {
  std::string output;
  std::string pooled;
  friend bool operator==(const TooLarge&, const TooLarge&) = default;
};

// For each layer of the scene. The results of a layer count with those of all
// before it: values, indices, weights as the engine takes them, and scratch memory. The layers
// behind one that gives nothing, for whatever reason, are left to the evaluation, which says so.
std::vector<TooLarge> too_large_results(const Scene& scene, const MemoryLimit& limit);

// Returns why learning needs too much memory for the copies of input and target, the sums, and the
// errors and predictions of simultaneous snapshots. Empty if it may be done, or if the shapes don't
// fit.
std::string too_large_learning(const TrainingData& data, const MemoryLimit& limit);

}  // namespace convscope::session
