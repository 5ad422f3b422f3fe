#pragma once

#include <string>

#include "app/cli/names.h"
#include "app/files/memory_sum.h"

namespace convscope::cli {

// Adds up the memory that a command is about to use. All functions throw Error if the sum exceeds
// the limit.
class CommandMemory {
 public:
  explicit CommandMemory(const MemoryLimit& limit) : sum_(limit) {}

  // Adds the values of a file, and its bytes while it is read.
  void read(const std::string& path);
  // Does the same for an array of indices, which stay int64.
  void read_indices(const std::string& path);
  // Adds a result, named "the output" for example, with its shape for the message.
  void take(const std::string& what, const Shape& shape, Bytes bytes);
  // Adds temporary memory.
  void work(Bytes bytes);

 private:
  void add(const std::string& what, Bytes bytes);

  MemorySum sum_;
};

}  // namespace convscope::cli
