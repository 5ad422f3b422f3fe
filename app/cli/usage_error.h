#pragma once

#include "engine/core/error.h"

namespace convscope {

// A call that can't work, whatever the machine does: an option's value, shapes that don't fit. The
// program exits with 2; for every other Error with 1.
class UsageError : public Error {
 public:
  using Error::Error;
};

// Calls `check`; an Error from it (shapes and options that the engine refuses) is a wrong call.
template <typename Check>
auto as_usage(Check&& check) {
  try {
    return check();
  } catch (const Error& error) {
    throw UsageError(error.what());
  }
}

}  // namespace convscope
