#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/cli/names.h"
#include "app/scene/scene_look.h"
#include "engine/core/tensor.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// The options of the window as they were given, with as many data members as there are options.
struct WindowArguments {
  std::filesystem::path file;
  std::string lesson;  // "NAME" or "NAME#STEP", or those of a file
  int step = 0;        // of a lesson, from 1; 0 if not given
  bool color = false;
  std::string scale_to;  // "ROWSxCOLUMNS"; empty if not given
  std::string kernel;
  std::optional<float> rate;
  int steps = 0;
  std::string size = "1280x720";
  std::string page;  // empty: the scene's
  bool dark = false;
  bool projector = false;
  float font_scale = 1.0f;
  bool reduced_motion = false;
  bool no_tooltips = false;
  std::filesystem::path screenshot;
  std::optional<std::string> listen;
};

// How the window looks.
struct WindowLook {
  int width = 1280;  // in pixels
  int height = 720;
  // Whether the window first shows the Layers page; without a value it shows the scene's page.
  std::optional<bool> layers_page = {};
  std::optional<SceneTheme> theme = {};  // without a value the scene's
  float font_scale = 1.0f;
  bool reduced_motion = false;
  bool tooltips = true;
};

// How the program starts with a window, or with a picture of one.
struct WindowOptions {
  std::filesystem::path file;  // a picture, a scene or a lesson; empty for the edge experiment
  std::string lesson;          // name of a shipped lesson to open; empty for none
  std::string step;            // of the lesson: its number from 1 or its title; empty: the first
  bool color = false;          // whether to keep the picture as RGB
  Yx scale_to{0, 0};           // size to scale the picture to; {0, 0} keeps its own
  std::string kernel;          // a preset's name; empty for the scene's kernel
  std::optional<float> rate;   // learning rate; empty for the scene's rate
  int steps = 0;               // learning steps to take before the window is shown
  WindowLook look;
  std::filesystem::path screenshot;  // draws off screen into this file instead of opening a window
  std::string listen;                // name under which other programs find the window; or empty
};

// Registers the program's own options.
void add_window_arguments(CLI::App& cli, WindowArguments& arguments);

// Returns the options that the arguments stand for. Throws UsageError for a value that is not
// accepted and for options that exclude each other, and Error if the screenshot can't be written to
// its path.
WindowOptions window_options(const WindowArguments& arguments);

}  // namespace convscope::cli
