#pragma once

#include <filesystem>

#include "app/platform/client.h"

namespace convscope::platform {

// Dear ImGui's context with its OpenGL backend; needs a current OpenGL context. What all surfaces
// share.
class Gui {
 public:
  Gui();
  ~Gui();
  Gui(const Gui&) = delete;
  Gui& operator=(const Gui&) = delete;

  // Fonts for this scale, then the backend's and ImGui's new frame. `begin_input` starts the
  // window's backend between the two.
  void begin_frame(Client& client, float scale, void (*begin_input)());
  // Draws into the bound framebuffer of that size in pixels, and saves it where the client asks.
  void draw(Client& client, int width, int height);
};

}  // namespace convscope::platform
