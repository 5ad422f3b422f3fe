#pragma once

#include <string>
#include <utility>

#include "app/files/memory_limit.h"
#include "app/files/names.h"

namespace convscope::files {

// Adds up memory that is about to be allocated and reports when it exceeds a limit.
class MemorySum {
 public:
  explicit MemorySum(MemoryLimit limit) : limit_(std::move(limit)) {}

  // Adds `bytes` for `what`, for example "layer 1's output would have the shape [1, 1, 65473,
  // 65473]". Returns a sentence without full stop if they exceed the limit, else an empty text.
  std::string add(const std::string& what, Bytes bytes);

 private:
  MemoryLimit limit_;
  Bytes taken_ = 0.0;
};

}  // namespace convscope::files
