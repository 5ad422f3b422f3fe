#pragma once

#include <exception>

#include "app/files/names.h"

namespace convscope::files {

// Thrown by functions that read a file when they are asked to stop. It is not an Error, because
// there is nothing to report.
class Cancelled : public std::exception {
 public:
  const char* what() const noexcept override { return "it was cancelled"; }
};

}  // namespace convscope::files
