#pragma once

#include <iosfwd>

#include "app/cli/window_options.h"

namespace convscope {

// How to open the window, from the command line.
struct StartOptions {
  std::filesystem::path file;     // a picture or a scene; empty: the edge experiment
  bool color = false;             // keep the picture as RGB
  std::string scale_to;           // "HxW" to resample the picture to; empty: its own size
  std::string kernel;             // a preset's name; empty: the notebook's kernel
  std::optional<float> rate;      // learning rate; nullopt: the default
  int steps = 0;                  // learning steps before the picture is drawn
  std::string size = "1280x720";  // of the window, "WxH"
  std::string page = "kernel";    // or "layers"
  bool dark = false;
  float font_scale = 1.0f;
  bool reduced_motion = false;
  std::filesystem::path screenshot;  // draws off screen into this file instead of opening a window
};

// Opens the window and runs until it is closed. With `screenshot` or without a display, draws one
// picture off screen instead and writes its figures to `out`. Throws UsageError for a value that is
// not accepted, NoDisplay if nothing can be drawn, and Error for other failures.
void start(const StartOptions& options, std::ostream& out);

}  // namespace convscope
