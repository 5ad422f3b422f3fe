#pragma once

#include <vector>

#include "engine/fast/low_rank.h"
#include "engine/tensor.h"

namespace convscope::fast {

// Values that grow and are never given back before the end; unspecified when they have grown.
template <typename T>
class Scratch {
 public:
  T* get(Index count) {
    if (static_cast<Index>(values_.size()) < count) values_.resize(static_cast<std::size_t>(count));
    return values_.data();
  }

 private:
  std::vector<T, TensorAllocator<T>> values_;
};

using Buffer = Scratch<float>;

// Scratch of one thread.
struct WorkerScratch {
  Buffer floats;
  Scratch<const float*> pointers;
  Scratch<std::int32_t> ints;
};

// What the fast paths keep between evaluations, so that one of the same shape allocates nothing.
struct Workspace {
  Buffer weights;  // in the order in which a kernel reads them
  Buffer shared;   // written once, then read by all threads
  Scratch<Index> offsets;
  Scratch<std::int32_t> ints;
  Scratch<double> sums;
  LowRankCache low_rank;
  Tensor turned;  // the weight of a spread, as the correlation needs it
  std::vector<WorkerScratch> worker;

  void reserve_workers(Index count) {
    if (static_cast<Index>(worker.size()) < count) worker.resize(static_cast<std::size_t>(count));
  }
  WorkerScratch& of(Index w) { return worker[static_cast<std::size_t>(w)]; }
};

}  // namespace convscope::fast
