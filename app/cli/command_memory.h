#pragma once

#include <string>

#include "app/files/memory_sum.h"

namespace convscope {

// What a command is going to take, added up before it does. All throw Error where that is more than
// the limit.
class CommandMemory {
 public:
  explicit CommandMemory(const MemoryLimit& limit) : sum_(limit) {}

  // The values of a file, and its bytes while they are read.
  void read(const std::string& path);
  // "the output" of a shape.
  void take(const std::string& what, const Shape& shape, Bytes bytes);
  // What is made on the way.
  void work(Bytes bytes);

 private:
  void add(const std::string& what, Bytes bytes);

  MemorySum sum_;
};

}  // namespace convscope
