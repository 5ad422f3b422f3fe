#pragma once

#include <cstdint>
#include <optional>

#include "app/platform/client.h"
#include "app/platform/names.h"

namespace convscope::platform {

// Dear ImGui's context with its OpenGL backend, shared by all kinds of surfaces. Needs a current
// OpenGL context.
class Gui {
 public:
  Gui();
  ~Gui();
  Gui(const Gui&) = delete;
  Gui& operator=(const Gui&) = delete;

  // Loads the fonts for this scale and size in pixels, then starts the frame of the backend and
  // of ImGui. `begin_input` starts the window's backend between the two.
  void begin_frame(Client& client, float scale, int width, int height, void (*begin_input)());
  // Draws into the bound framebuffer, whose size is in pixels, and saves it where the client asks
  // for it. Returns false if nothing was drawn because the frame would look like the last one.
  bool draw(Client& client, int width, int height);
  // Forgets the last frame, which is no longer in the framebuffer.
  void forget() { shown_.reset(); }

 private:
  std::optional<std::uint64_t> shown_;  // hash of the last frame
};

}  // namespace convscope::platform
