#pragma once

#include <cstdint>
#include <optional>

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
  // False where nothing is drawn, since it would look as what was drawn last.
  bool draw(Client& client, int width, int height);
  // What was drawn last is not there any more.
  void forget() { shown_.reset(); }

 private:
  std::optional<std::uint64_t> shown_;  // a digest of what was drawn last
};

}  // namespace convscope::platform
