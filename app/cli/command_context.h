#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>

#include "app/cli/names.h"
#include "app/files/memory_limit.h"
#include "app/scene/scene.h"

namespace convscope::cli {

// A picture of the window to draw off screen.
struct WindowShot {
  Scene scene;
  int width = 1280, height = 720;  // in pixels
  bool dark = false;
  int steps = 0;  // learning steps to take before
  std::filesystem::path output;
};
// Draws it and writes a PNG. Throws Error; NoDisplay where nothing can be drawn.
using DrawWindow = std::function<void(const WindowShot&)>;

// The arguments of every command.
struct CommandContext {
  std::ostream& out;                 // for the results of a command
  std::ostream& notes;               // for further notes: standard error
  std::ostream* progress = nullptr;  // for progress bars: standard error if it is a terminal
  MemoryLimit memory = {};           // limit for a command's arguments and results
  MemoryLimit scene_memory = {};     // limit for the results of a scene
  DrawWindow draw_window = {};       // there is none in tests without a window
};

}  // namespace convscope::cli
