#pragma once

#include <vector>

#include "engine/core/scratch.h"
#include "engine/core/tensor.h"
#include "engine/ops/fast/low_rank.h"

namespace convscope::engine::fast {

// The memory that the fast paths keep between evaluations, so that another one of the same shape
// allocates nothing.
struct Workspace {
  Buffer weights;  // in the order in which a kernel reads them
  Buffer shared;   // written once, then read by all threads
  Scratch<Index> offsets;
  Scratch<std::int32_t> ints;
  Scratch<double> sums;
  LowRankCache low_rank;
  Tensor rotated;  // the rotated weight that a spread correlates with
  Tensor ring;     // some rows of the gradient of the padding
  std::vector<WorkerScratch> worker;

  // Makes scratch memory for this many threads; call before they start.
  void reserve_workers(Index count) {
    if (static_cast<Index>(worker.size()) < count) worker.resize(static_cast<std::size_t>(count));
  }
  WorkerScratch& of(Index w) { return worker[static_cast<std::size_t>(w)]; }
};

}  // namespace convscope::engine::fast
