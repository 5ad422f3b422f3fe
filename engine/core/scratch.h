#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// Memory that grows on demand and is only freed with the object. The values are unspecified after
// it has grown.
template <typename T>
class Scratch {
 public:
  // Returns memory for at least `count` values.
  T* get(Index count) {
    if (static_cast<Index>(values_.size()) < count) values_.resize(static_cast<std::size_t>(count));
    return values_.data();
  }

 private:
  std::vector<T, TensorAllocator<T>> values_;
};

using Buffer = Scratch<float>;

// The scratch memory of one thread.
struct WorkerScratch {
  Buffer floats;
  Scratch<const float*> pointers;
  Scratch<std::int32_t> ints;
};

}  // namespace convscope::engine::fast
