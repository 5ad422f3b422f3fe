#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

#include "app/platform/offscreen.h"

namespace convscope {

// How the window is opened: from the command line.
struct StartOptions {
  std::filesystem::path file;     // a picture or a scene; empty: the edge experiment
  bool color = false;             // keep the picture as RGB
  std::string scale_to;           // "HxW" that the picture is scaled to; empty: its own size
  std::string kernel;             // a preset's name; empty: the notebook's
  std::optional<float> rate;      // learning rate; empty: the default
  int steps = 0;                  // of learning, taken before the picture is drawn
  std::string size = "1280x720";  // of the window, "WxH"
  std::string page = "kernel";    // or "layers"
  bool dark = false;
  float font_scale = 1.0f;
  bool reduced_motion = false;
  std::filesystem::path screenshot;  // draw off screen into this file instead of opening a window
};

// Opens the window and runs until it is closed; without a display, or with `screenshot`, draws one
// picture off screen and writes its figures to `out`. Throws Error (UsageError for a value that is
// not accepted, NoDisplay where nothing can be drawn).
void start(const StartOptions& options, std::ostream& out);

}  // namespace convscope
