#pragma once

#include <memory>

namespace convscope::platform {

// An OpenGL 3.3 core context that belongs to no window: Mesa's surfaceless EGL. Current on the
// thread that made it as long as it lives, with OpenGL loaded; there is no framebuffer but those
// that one makes.
class EglContext {
 public:
  // Throws NoDisplay where there is no such EGL, or no OpenGL 3.3.
  EglContext();
  ~EglContext();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace convscope::platform
