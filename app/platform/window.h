#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/platform/client.h"
#include "app/platform/offscreen.h"

namespace convscope::platform {

// Whether DISPLAY or WAYLAND_DISPLAY names a display to open a window on.
bool has_display();

// A window on the desktop with an OpenGL 3.3 context.
class Window {
 public:
  // Throws NoDisplay where no window can be opened, with the reason that GLFW gives.
  explicit Window(PixelSize size, const std::string& title);
  ~Window();

  // Draws frames until the client or the user quits, or `ended` says so after a wake(). Sleeps
  // while nothing happens.
  void run(Client& client, const std::function<bool()>& ended);
  // Ends the sleep of run(); may be called from any thread while there is a window.
  static void wake();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace convscope::platform
