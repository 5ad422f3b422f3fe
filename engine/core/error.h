#pragma once

#include <stdexcept>

namespace convscope::engine {

// An error that a user can cause: a shape that does not fit, a file that cannot be read, a rate
// that is not positive. The message is one sentence that names the thing, its value and what would
// be accepted; the window shows it or the command prints it. Programming errors are asserts
// instead.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace convscope::engine
