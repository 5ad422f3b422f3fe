#include "app/start.h"

#include <csignal>
#include <iostream>
#include <ostream>
#include <utility>

#include "app/files/leftovers.h"
#include "app/files/picture.h"
#include "app/files/printable_text.h"
#include "app/files/scene_file.h"
#include "app/files/state_folder.h"
#include "app/files/whole_path.h"
#include "app/gl/heatmap_painter.h"
#include "app/platform/ending_signals.h"
#include "app/platform/lost_display.h"
#include "app/platform/window.h"
#include "app/program/app.h"
#include "app/program/figures.h"
#include "engine/core/error.h"
#include "engine/kernel_info/kernels.h"

namespace convscope {
namespace {

constexpr int kLargestWindow = 8192;  // pixels on each axis
// Frames until an off-screen picture is stable, because sizes depend on the previous frame.
constexpr int kSettleFrames = 6;

struct TwoNumbers {
  int first = 0, second = 0;
};

// Parses "1280x720".
TwoNumbers parse_size(const std::string& text, const char* option, int least, int most) {
  TwoNumbers size;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, size.first);
  const bool cross = first.ec == std::errc() && first.ptr != end && *first.ptr == 'x';
  const auto second = cross ? std::from_chars(first.ptr + 1, end, size.second) : first;
  const auto good = [&](int n) { return n >= least && n <= most; };
  if (!cross || second.ec != std::errc() || second.ptr != end || !good(size.first) ||
      !good(size.second)) {
    throw UsageError(std::string(option) + " is \"" + text + "\"; it must be two numbers from " +
                     std::to_string(least) + " to " + std::to_string(most) +
                     " with an x between them, like 640x480");
  }
  return size;
}

void choose_kernel(Scene& scene, const StartOptions& options) {
  if (!options.kernel.empty()) {
    const auto presets = kernel_presets();
    if (std::ranges::find(presets, options.kernel, &KernelPreset::name) == presets.end()) {
      std::string names;
      for (const KernelPreset& preset : presets)
        names += (names.empty() ? "\"" : ", \"") + std::string(preset.name) + "\"";
      throw UsageError("--kernel is \"" + options.kernel + "\"; it must be one of " + names);
    }
    scene.kernel =
        KernelScene{.weight = make_kernel(options.kernel, {3, 3}, 0), .preset = options.kernel};
    fit_channels(scene);
  }
}

// Returns one sentence that the user should know about the picture, or an empty text.
std::string notice_of(const PictureInput& read) {
  if (!read.over_white) return "";
  return "Parts of " + read.input.name + " can be seen through; they were put on white.";
}

// Reads the picture or scene of the command line before a window opens, so that a wrong name
// doesn't open one.
Scene read_scene(const StartOptions& options, std::string& notice) {
  Yx scale_to{0, 0};
  if (!options.scale_to.empty()) {
    const TwoNumbers size =
        parse_size(options.scale_to, "--scale-to", 1, static_cast<int>(kMaxPictureSize));
    scale_to = {size.first, size.second};
  }
  Scene scene = default_scene();
  if (options.file.empty()) return scene;
  if (has_scene_extension(options.file)) return load_scene(options.file);
  PictureInput read =
      *read_picture({options.file, options.color, options.scale_to}, std::stop_token());
  notice = notice_of(read);
  scene.input = std::move(read.input);
  fit_channels(scene);
  return scene;
}

Scene scene_of(const WindowOptions& options, std::string& notice) {
  Scene scene = read_scene(options, notice);
  if (!options.kernel.empty()) {
    first_layer(scene).kernel =
        KernelScene{.weight = make_kernel(options.kernel, {3, 3}, 0), .preset = options.kernel};
    fit_channels(scene);
  }
  scene.learning.rate = options.rate.value_or(scene.learning.rate);
  return scene;
}

ViewSettings view_of(const WindowLook& look) {
  return {.dark = look.dark,
          .font_scale = look.font_scale,
          .page = look.layers_page ? Page::kLayers : Page::kKernel,
          .reduced_motion = look.reduced_motion};
}

void take_steps(App& app, int steps) {
  for (int i = 0; i < steps; ++i) {
    app.perform(TrainingCommand::kStep);
  }
  app.settle();
}

// Records whether saving the picture succeeded: off screen, a failure ends the program.
class Shot : public App {
 public:
  using App::App;
  std::filesystem::path path;
  std::filesystem::path take_screenshot_path() override { return std::exchange(path, {}); }
  void screenshot_saved(const std::filesystem::path&, const std::string& error) override {
    if (!error.empty()) throw Error(error);
  }
};

void draw_off_screen(const Scene& scene, const ViewSettings& view, const StartOptions& options,
                     platform::PixelSize size, std::ostream& out) {
  const std::filesystem::path path =
      options.screenshot.empty() ? "convscope.png" : options.screenshot;
  platform::Offscreen surface({options.look.width, options.look.height});
  gl::HeatmapPainter painter;
  App app(
      painter, [] {}, scene, view_of(options.look));
  app.settle();
  take_steps(app, options.steps);
  for (int i = 0; i < kSettleFrames; ++i)
    surface.frame(app);
  surface.save(path);
  out << "The window was drawn to " << printable(shown_path(path).string()) << "\n";
  for (const std::string& line : figures(app))
    out << line << "\n";
  out.flush();
  if (!out) throw Error("the figures can't be written to standard output");
}

// Also ends when a signal asks for it.
class InWindow : public App {
 public:
  InWindow(const platform::EndingSignals& signals, ui::HeatmapPainter& painter, const Scene& scene,
           const ViewSettings& view)
      : App(painter, platform::Window::wake, scene, view), signals_(signals) {}
  bool wants_quit() const override { return App::wants_quit() || signals_.received() != 0; }

 private:
  const platform::EndingSignals& signals_;
};

// Runs until the user or a signal ends it; returns the signal, or 0. `notice` is shown at the top
// unless it is empty.
int run_window(const Scene& scene, const ViewSettings& view, const StartOptions& options,
               platform::PixelSize size, const std::string& notice) {
  platform::Window window(size, "Convscope");
  const platform::EndingSignals signals(platform::Window::wake);
  gl::HeatmapPainter painter;
  App app(painter, platform::Window::wake, scene, view_of(options.look));
  const std::filesystem::path state = state_folder();
  app.keep_unsaved_work(state.empty() ? state : state / "unsaved", platform::Window::wake);
  const platform::LostDisplay lost([&] { return app.write_unsaved_work(); });
  if (options.steps > 0) take_steps(app, options.steps);
  if (!notice.empty()) app.perform(ShowMessage{notice});
  window.run(app, [&] { return signals.received() != 0; });
  if (signals.received() != 0) std::cerr << "convscope: " << app.write_unsaved_work() << "\n";
  return signals.received();
}

}  // namespace

void start(const StartOptions& options, std::ostream& out) {
  const TwoNumbers asked = parse_size(options.size, "--size", 320, kLargestWindow);
  const platform::PixelSize size{asked.first, asked.second};
  if (!(options.font_scale >= 0.6f && options.font_scale <= 3.0f)) {
    throw UsageError("--font-scale is " + number(static_cast<double>(options.font_scale)) +
                     "; it must be a number from 0.6 to 3");
  }
  if (options.rate && !(*options.rate > 0.0f && *options.rate < 1e6f)) {
    throw UsageError("--rate is " + number(static_cast<double>(*options.rate)) +
                     "; it must be a positive number below 1000000");
  }
  if (options.steps < 0) {
    throw UsageError("--steps is " + std::to_string(options.steps) + "; it must be 0 or more");
  }
  if (!options.screenshot.empty()) require_file_target(options.screenshot);
  if (options.page != "kernel" && options.page != "layers") {
    throw UsageError("--page is \"" + options.page + "\"; it must be kernel or layers");
  }
  // Removes what killed programs left in the folder where this program is likely to write.
  remove_leftovers(".");
  if (options.file.has_parent_path()) remove_leftovers(options.file.parent_path());
  std::string notice;
  const Scene scene = scene_of(options, notice);
  if (!notice.empty()) out << notice << std::endl;
  if (!options.screenshot.empty() || !platform::has_display()) {
    draw_off_screen(scene, options, out);
    return;
  }
  // Raises the signal again, so that the program's parent sees it.
  if (const int signal = run_window(scene, view, options, size, notice)) std::raise(signal);
}

}  // namespace convscope
