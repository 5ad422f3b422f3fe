#pragma once

#include <filesystem>
#include <memory>

#include "app/platform/client.h"

namespace convscope::platform {

struct PixelSize {
  int width = 1280;
  int height = 720;
};

// The window's picture without a window: Mesa's surfaceless EGL.
class Offscreen {
 public:
  // Throws NoDisplay where there is no such EGL, or no OpenGL 3.3.
  explicit Offscreen(PixelSize size);
  ~Offscreen();

  // One frame of `client`, 1/60 s after the last. False where it looks as the one before: then
  // nothing was drawn.
  bool frame(Client& client);
  // Writes what was drawn last as a PNG. Throws Error.
  void save(const std::filesystem::path& path) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace convscope::platform
