#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/platform/client.h"
#include "app/platform/names.h"
#include "app/platform/offscreen.h"

namespace convscope::platform {

// Returns whether DISPLAY or WAYLAND_DISPLAY names a display to open a window on.
bool has_display();

// A desktop window with an OpenGL 3.3 context.
class Window {
 public:
  // Throws NoDisplay, with GLFW's reason, if no window can be opened.
  explicit Window(PixelSize size, const std::string& title);
  ~Window();

  // Draws frames until the client or the user quits, or `ended` says so after a wake(). Sleeps
  // while nothing happens.
  void run(Client& client, const std::function<bool()>& ended);
  // Ends the sleep of run(). May be called from any thread while there is a window.
  static void wake();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace convscope::platform
