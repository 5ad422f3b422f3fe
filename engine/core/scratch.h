#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/tensor.h"

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

}  // namespace convscope::fast
