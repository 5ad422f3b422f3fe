#include "app/start.h"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <iostream>
#include <ostream>

#include "app/cli/usage_error.h"
#include "app/cli/values.h"
#include "app/files/leftovers.h"
#include "app/files/output_target.h"
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
#include "engine/kernel_info/kernels.h"

namespace convscope {
namespace {

constexpr int kLargestWindow = 8192;  // pixels on each axis
constexpr int kSettleFrames = 6;      // of a picture off screen: sizes depend on the frame before

struct TwoNumbers {
  int first = 0, second = 0;
};

// "1280x720"
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

// One sentence of what the user should know about the picture; else empty.
std::string notice_of(const PictureInput& read) {
  if (!read.over_white) return "";
  return "Parts of " + read.input.name + " can be seen through; they were put on white.";
}

// The picture or scene that was named, read before the window opens: a wrong name must not open
// one.
Scene read_scene(const StartOptions& options, std::string& notice) {
  Yx scale_to{0, 0};
  if (!options.scale_to.empty()) {
    const TwoNumbers size =
        parse_size(options.scale_to, "--scale-to", 1, static_cast<int>(kMaxPictureSize));
    scale_to = {size.first, size.second};
  }
  Scene scene = default_scene();
  if (options.file.empty()) {
    if (options.color || scale_to != Yx{0, 0})
      throw UsageError("--rgb and --scale-to are for a picture; name one");
    return scene;
  }
  std::error_code none;
  const bool is_scene = has_scene_extension(options.file);
  if (std::filesystem::equivalent(options.file, options.screenshot, none)) {
    throw UsageError("--screenshot would replace the " +
                     std::string(is_scene ? "scene " : "picture ") + options.file.string() +
                     "; name another file");
  }
  if (is_scene) {
    if (options.color || scale_to != Yx{0, 0}) {
      throw UsageError("--rgb and --scale-to are for pictures; the scene " + options.file.string() +
                       " says it itself");
    }
    return load_scene(options.file);
  }
  PictureInput read = *read_picture({options.file, options.color, scale_to}, std::stop_token());
  notice = notice_of(read);
  scene.input = std::move(read.input);
  fit_channels(scene);
  return scene;
}

Scene scene_of(const StartOptions& options, std::string& notice) {
  Scene scene = read_scene(options, notice);
  choose_kernel(scene, options);
  scene.learning.rate = options.rate.value_or(scene.learning.rate);
  return scene;
}

void take_steps(App& app, int steps) {
  for (int i = 0; i < steps; ++i) {
    app.perform(TrainingCommand::kStep);
  }
  app.settle();
}

// Remembers how saving a picture went: off screen a failure ends the program.
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
  platform::Offscreen surface(size);
  gl::HeatmapPainter painter;
  Shot app(
      painter, [] {}, scene, view);
  app.settle();
  take_steps(app, options.steps);
  for (int i = 0; i < kSettleFrames; ++i) {
    if (i == kSettleFrames - 1) app.path = path;
    surface.frame(app);
  }
  out << "The window was drawn to " << printable(shown_path(path).string()) << "\n";
  for (const std::string& line : figures(app))
    out << line << "\n";
  out.flush();
  if (!out) throw Error("the figures can't be written to standard output");
}

// Ends when a signal asks for it, too.
class InWindow : public App {
 public:
  InWindow(const platform::EndingSignals& signals, ui::HeatmapPainter& painter, const Scene& scene,
           const ViewSettings& view)
      : App(painter, platform::Window::wake, scene, view), signals_(signals) {}
  bool wants_quit() const override { return App::wants_quit() || signals_.received() != 0; }

 private:
  const platform::EndingSignals& signals_;
};

// Until the user or a signal ends it; the signal, or 0. `notice` is shown above; empty for none.
int run_window(const Scene& scene, const ViewSettings& view, const StartOptions& options,
               platform::PixelSize size, const std::string& notice) {
  platform::Window window(size, "Convscope");
  const platform::EndingSignals signals(platform::Window::wake);
  gl::HeatmapPainter painter;
  InWindow app(signals, painter, scene, view);
  const std::filesystem::path state = state_folder();
  app.keep_unsaved_work(state.empty() ? state : state / "unsaved", platform::Window::wake);
  const platform::LostDisplay lost([&] { return app.write_unsaved_work(); });
  if (options.steps > 0) take_steps(app, options.steps);
  if (!notice.empty()) app.perform(ShowMessage{notice});
  window.run(app);
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
  // What programs that were killed left where this one is likely to write.
  remove_leftovers(".");
  if (options.file.has_parent_path()) remove_leftovers(options.file.parent_path());
  std::string notice;
  const Scene scene = scene_of(options, notice);
  if (!notice.empty()) out << notice << std::endl;
  const ViewSettings view{.dark = options.dark,
                          .font_scale = options.font_scale,
                          .page = options.page == "layers" ? Page::kLayers : Page::kKernel,
                          .reduced_motion = options.reduced_motion};
  if (!options.screenshot.empty() || !platform::has_display()) {
    draw_off_screen(scene, view, options, size, out);
    return;
  }
  // Whoever started the program sees that a signal has ended it.
  if (const int signal = run_window(scene, view, options, size, notice)) std::raise(signal);
}

}  // namespace convscope
