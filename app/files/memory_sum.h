#pragma once

#include <string>
#include <utility>

#include "app/files/memory_limit.h"

namespace convscope {

// Adds up what is going to be taken, and tells when it is more than a limit.
class MemorySum {
 public:
  explicit MemorySum(MemoryLimit limit) : limit_(std::move(limit)) {}

  // A sentence without its stop why `bytes` more, of `what`, are too much; else empty. "layer 1's
  // output would have the shape [1, 1, 65473, 65473]" is a `what`.
  std::string add(const std::string& what, Bytes bytes);

 private:
  MemoryLimit limit_;
  Bytes taken_ = 0.0;
};

}  // namespace convscope
