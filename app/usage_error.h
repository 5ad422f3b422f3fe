#pragma once

#include "engine/error.h"

namespace convscope {

// A wrong call of the command line: exit code 2.
class UsageError : public Error {
 public:
  using Error::Error;
};

}  // namespace convscope
