#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "app/gl/names.h"

namespace convscope::gl {

using ProcAddress = void (*)();
using LoadProc = ProcAddress (*)(const char* name);

// Loads OpenGL for the current context. Throws NoDisplay if its version is below 3.3.
void load(LoadProc load_proc);

// Sets the viewport of the bound framebuffer and fills it with a colour (as ImU32).
void begin_frame(int width, int height, std::uint32_t background);

// Returns the bound framebuffer as RGBA, rows from the top.
std::vector<std::uint8_t> read_pixels(int width, int height);

// A framebuffer to draw into without a window; bound during the object's lifetime.
class OffscreenTarget {
 public:
  OffscreenTarget(int width, int height);
  ~OffscreenTarget();

 private:
  struct Objects;
  std::unique_ptr<Objects> objects_;
};

}  // namespace convscope::gl
