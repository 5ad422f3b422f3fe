#pragma once

#include "engine/core/error.h"

namespace convscope {

// There is no display, or no OpenGL 3.3 on it: exit code 3.
class NoDisplay : public Error {
 public:
  using Error::Error;
};

}  // namespace convscope
