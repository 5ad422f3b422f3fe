#pragma once

#include <stdexcept>

namespace convscope {

// A mistake that a user can make: a shape that does not fit, a file that cannot be read, a rate
// that is not positive. The message is one sentence that names the thing, its value and what would
// be accepted; it is shown in the window or printed by the command. Mistakes of a programmer are
// asserts.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace convscope
