#pragma once

#include <exception>

namespace convscope {

// Thrown by what reads a file when it is asked to stop. Not an Error: there is nothing to tell.
class Cancelled : public std::exception {
 public:
  const char* what() const noexcept override { return "it was cancelled"; }
};

}  // namespace convscope
