#pragma once

#include "app/gl/names.h"
#include "engine/core/error.h"

namespace convscope::gl {

// Thrown where there is no display, or no OpenGL 3.3 on it. The program exits with code 3.
class NoDisplay : public Error {
 public:
  using Error::Error;
};

}  // namespace convscope::gl
