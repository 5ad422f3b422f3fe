#pragma once

#include "app/cli/names.h"
#include "engine/core/error.h"

namespace convscope::cli {

// A call that can't work on any machine: an invalid option value, or shapes that don't fit. The
// program exits with 2 for it, and with 1 for every other Error.
class UsageError : public Error {
 public:
  using Error::Error;
};

// Calls `check` and turns its Error (shapes and options that the engine refuses) into a UsageError.
template <typename Check>
auto as_usage(Check&& check) {
  try {
    return check();
  } catch (const Error& error) {
    throw UsageError(error.what());
  }
}

}  // namespace convscope::cli
