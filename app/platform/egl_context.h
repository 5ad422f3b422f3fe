#pragma once

#include <memory>

#include "app/platform/names.h"

namespace convscope::platform {

// An OpenGL 3.3 core context without a window, from Mesa's surfaceless EGL. It is current on the
// thread that created it during its lifetime, with OpenGL loaded. It has no default framebuffer.
class EglContext {
 public:
  // Throws NoDisplay if there is no such EGL, or no OpenGL 3.3.
  EglContext();
  ~EglContext();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace convscope::platform
