#pragma once

#include <filesystem>
#include <memory>

#include "app/platform/client.h"
#include "app/platform/names.h"

namespace convscope::platform {

struct PixelSize {
  int width = 1280;
  int height = 720;
};

// Renders the window's content without a window, with Mesa's surfaceless EGL.
class Offscreen {
 public:
  // Throws NoDisplay if there is no such EGL, or no OpenGL 3.3.
  explicit Offscreen(PixelSize size);
  ~Offscreen();

  // Draws one frame of `client`, 1/60 s after the last one. Returns false if nothing was drawn
  // because it looks like the last one.
  bool frame(Client& client);
  // Writes what was drawn last as a PNG. Throws Error.
  void save(const std::filesystem::path& path) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace convscope::platform
