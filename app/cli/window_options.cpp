#include "app/cli/window_options.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <system_error>

#include "app/cli/lesson_place.h"
#include "app/cli/usage_error.h"
#include "app/cli/values.h"
#include "app/files/lesson_name.h"
#include "app/files/output_target.h"
#include "app/files/picture.h"
#include "app/files/scene_address.h"
#include "app/files/scene_file.h"
#include "app/lesson/find_lesson.h"
#include "app/lesson/lesson.h"
#include "app/link/socket_place.h"
#include "app/scene/option_limits.h"
#include "engine/kernel_info/kernels.h"

namespace convscope::cli {
namespace {

// Pixels on each axis. A picture of the largest window can be opened as an input.
constexpr int kMinWindow = 320;
constexpr int kMaxWindow = static_cast<int>(kMaxPictureSize);

// Writes the accepted scales of the font: "0.6 to 3".
std::string font_scales() {
  return number(static_cast<double>(kMinFontScale)) + " to " +
         number(static_cast<double>(kMaxFontScale));
}

float checked_font_scale(float scale) {
  if (scale >= kMinFontScale && scale <= kMaxFontScale) return scale;
  throw UsageError("--font-scale is " + number(static_cast<double>(scale)) +
                   "; it must be a number from " + font_scales());
}

std::optional<float> checked_rate(std::optional<float> rate) {
  if (!rate || (*rate > 0.0f && *rate < 1e6f)) return rate;
  throw UsageError("--rate is " + number(static_cast<double>(*rate)) +
                   "; it must be a positive number below 1000000");
}

int checked_steps(int steps) {
  if (steps >= 0) return steps;
  throw UsageError("--steps is " + std::to_string(steps) + "; it must be 0 or more");
}

bool is_layers_page(const std::string& page) {
  if (page == "layers") return true;
  if (page == "kernel") return false;
  throw UsageError("--page is \"" + page + "\"; it must be kernel or layers");
}

std::string checked_kernel(const std::string& name) {
  const auto presets = kernel_presets();
  if (name.empty() || std::ranges::find(presets, name, &KernelPreset::name) != presets.end())
    return name;
  std::string names;
  for (const KernelPreset& preset : presets)
    names += (names.empty() ? "\"" : ", \"") + std::string(preset.name) + "\"";
  throw UsageError("--kernel is \"" + name + "\"; it must be one of " + names);
}

// Throws UsageError if --rgb or --scale-to is given without a picture, or if --screenshot would
// replace the file that is opened.
void require_fitting_file(const WindowOptions& options) {
  const bool for_picture = options.color || options.scale_to != Yx{0, 0};
  if (options.file.empty()) {
    if (for_picture) throw UsageError("--rgb and --scale-to are for a picture; name one");
    return;
  }
  std::error_code none;
  const bool is_lesson = has_lesson_extension(options.file);
  const bool is_address = find_address(options.file.native()).has_value();
  const bool is_scene = has_scene_extension(options.file) || is_lesson || is_address;
  const std::string kind = is_lesson ? "lesson " : is_scene ? "scene " : "picture ";
  if (std::filesystem::equivalent(options.file, options.screenshot, none)) {
    throw UsageError("--screenshot would replace the " + kind + options.file.string() +
                     "; name another file");
  }
  if (is_scene && for_picture) {
    throw UsageError("--rgb and --scale-to are for pictures; the " + kind + options.file.string() +
                     " says it itself");
  }
}

std::string checked_step(int step) {
  if (step >= 1 && step <= static_cast<int>(lesson::kMaxLessonSteps)) return std::to_string(step);
  throw UsageError("--step is " + std::to_string(step) +
                   "; it must be the number of a step, from 1 to " +
                   std::to_string(lesson::kMaxLessonSteps));
}

std::optional<SceneTheme> theme_of(const WindowArguments& arguments) {
  if (arguments.dark && arguments.projector)
    throw UsageError("--dark and --projector exclude each other; leave one of them out");
  if (arguments.dark) return SceneTheme::kDark;
  return arguments.projector ? std::optional(SceneTheme::kProjector) : std::nullopt;
}

// Takes up the file, which may be LESSON.md#STEP or the address of a scene.
void take_file(const std::string& file, WindowOptions& options) {
  if (const auto address = find_address(file)) {
    options.file = *address;
    return;
  }
  const LessonPlace place = lesson_place(file);
  const bool is_lesson = has_lesson_extension(place.lesson);
  options.file = is_lesson ? place.lesson : file;
  if (is_lesson) options.step = place.step;
}

// Takes up --lesson NAME[#STEP] or LESSON.md[#STEP].
void take_lesson(const WindowArguments& arguments, WindowOptions& options) {
  if (arguments.lesson.empty()) return;
  if (!arguments.file.empty())
    throw UsageError("--lesson and " + arguments.file.string() +
                     " exclude each other; leave one of them out");
  const LessonPlace place = lesson_place(arguments.lesson);
  if (has_lesson_extension(place.lesson)) return take_file(arguments.lesson, options);
  try {
    options.lesson = lesson::find_shipped(place.lesson).name;
  } catch (const Error& error) {
    throw UsageError("--lesson: " + std::string(error.what()));
  }
  options.step = place.step;
}

// Takes up --step, once the lesson is known.
void take_step(const WindowArguments& arguments, WindowOptions& options) {
  if (arguments.step == 0) return;
  if (options.lesson.empty() && !has_lesson_extension(options.file))
    throw UsageError("--step is for a lesson; name one, or give --lesson");
  if (!options.step.empty())
    throw UsageError("--step and #" + options.step + " exclude each other; leave one of them out");
  options.step = checked_step(arguments.step);
}

void take_listen(const WindowArguments& arguments, WindowOptions& options) {
  if (!arguments.listen) return;
  if (!arguments.screenshot.empty())
    throw UsageError("--listen and --screenshot exclude each other; only a window listens");
  as_usage([&] { link::require_window_name(*arguments.listen); });
  options.listen = *arguments.listen;
}

}  // namespace

void add_window_arguments(CLI::App& cli, WindowArguments& arguments) {
  cli.add_option("file", arguments.file,
                 "Picture (PNG, JPEG, BMP, GIF, TGA, PSD, HDR, PNM), array (.npy, FILE.npz:NAME, "
                 ".safetensors, idx, .csv), scene (.json or its "
                 "address, convscope:1:...) or lesson (.md) to start with; a lesson may have its "
                 "step behind it: LESSON.md#STEP");
  cli.add_option(
      "--lesson", arguments.lesson,
      "Lesson to open: a shipped one by name, number or a part of the name, or a file (.md); "
      "NAME[#STEP], with the step's number or title");
  cli.add_option("--step", arguments.step, "Step of the lesson to begin with, from 1");
  cli.add_flag("--rgb", arguments.color, "Keep the picture's colours as three channels");
  cli.add_option("--scale-to", arguments.scale_to, "Scale the picture, rows x columns: 480x640");
  cli.add_option("--kernel", arguments.kernel, "Start with this kernel: sobel-x, gaussian ...");
  cli.add_option("--rate", arguments.rate, "Learning rate (0.03)");
  cli.add_option("--steps", arguments.steps, "Learning steps to take before the start (0)");
  cli.add_option("--size", arguments.size, "Window size, width x height")->capture_default_str();
  cli.add_option("--page", arguments.page,
                 "Page to show first: kernel or layers (the scene's, else kernel)");
  cli.add_flag("--dark", arguments.dark, "Start in the colours for a dark room");
  cli.add_flag("--projector", arguments.projector,
               "Start in the colours for a dim projector: black on white, with strong outlines");
  cli.add_option("--font-scale", arguments.font_scale, "Size of everything, " + font_scales())
      ->capture_default_str();
  cli.add_flag("--reduced-motion", arguments.reduced_motion,
               "Show changes at once, without turning and sliding");
  cli.add_flag("--no-tooltips", arguments.no_tooltips,
               "Don't explain controls where the pointer rests on them");
  cli.add_option("--screenshot", arguments.screenshot,
                 "Draw the window off screen into this PNG and print its figures");
  cli.add_option("--listen", arguments.listen,
                 "Let programs of yours, such as a notebook, show arrays in this window and read "
                 "them back; NAME is where they find it, usually default")
      ->type_name("NAME");
}

WindowOptions window_options(const WindowArguments& arguments) {
  WindowOptions options{.file = {},
                        .lesson = {},
                        .step = {},
                        .color = arguments.color,
                        .kernel = {},
                        .rate = {},
                        .look = {.theme = theme_of(arguments),
                                 .reduced_motion = arguments.reduced_motion,
                                 .tooltips = !arguments.no_tooltips},
                        .screenshot = arguments.screenshot,
                        .listen = {}};
  const TwoNumbers size = parse_size("--size", arguments.size, kMinWindow, kMaxWindow);
  options.look.width = size.first;
  options.look.height = size.second;
  options.look.font_scale = checked_font_scale(arguments.font_scale);
  options.rate = checked_rate(arguments.rate);
  options.steps = checked_steps(arguments.steps);
  if (!options.screenshot.empty()) require_file_target(options.screenshot);
  if (!arguments.page.empty()) options.look.layers_page = is_layers_page(arguments.page);
  if (!arguments.scale_to.empty()) {
    const TwoNumbers scaled =
        parse_size("--scale-to", arguments.scale_to, 1, static_cast<int>(kMaxPictureSize));
    options.scale_to = {scaled.first, scaled.second};
  }
  take_listen(arguments, options);
  take_file(arguments.file.string(), options);
  take_lesson(arguments, options);
  take_step(arguments, options);
  require_fitting_file(options);
  options.kernel = checked_kernel(arguments.kernel);
  return options;
}

}  // namespace convscope::cli
