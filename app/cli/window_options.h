#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/cli/names.h"
#include "engine/core/tensor.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// The options of the window as they were given.
struct WindowArguments {
  std::filesystem::path file;
  bool color = false;
  std::string scale_to;  // "ROWSxCOLUMNS"; empty: not given
  std::string kernel;
  std::optional<float> rate;
  int steps = 0;
  std::string size = "1280x720";
  std::string page = "kernel";
  bool dark = false;
  float font_scale = 1.0f;
  bool reduced_motion = false;
  std::filesystem::path screenshot;
};

// Where the window opens and how it looks.
struct WindowLook {
  int width = 1280;  // pixels
  int height = 720;
  bool layers_page = false;  // shows the page of the layers first
  bool dark = false;
  float font_scale = 1.0f;
  bool reduced_motion = false;
};

// How the program starts with a window, or with a picture of one.
struct WindowOptions {
  std::filesystem::path file;  // a picture or a scene; empty: the edge experiment
  bool color = false;          // keep the picture as RGB
  Yx scale_to{0, 0};           // that the picture is scaled to; 0, 0: its own size
  std::string kernel;          // a preset's name; empty: the scene's
  std::optional<float> rate;   // of learning; empty: the scene's
  int steps = 0;               // of learning, taken before the window is shown
  WindowLook look;
  std::filesystem::path screenshot;  // draws off screen into this file instead of opening a window
};

// Registers the program's own options.
void add_window_arguments(CLI::App& cli, WindowArguments& arguments);

// What they mean; throws UsageError for a value that is not accepted or options that don't go
// together, and Error where the screenshot can't be a file.
WindowOptions window_options(const WindowArguments& arguments);

}  // namespace convscope::cli
