#include "app/start.h"

#include <csignal>
#include <iostream>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <variant>

#include "app/cli/usage_error.h"
#include "app/files/arrays/array_file.h"
#include "app/files/leftovers.h"
#include "app/files/lesson_name.h"
#include "app/files/picture.h"
#include "app/files/printable_text.h"
#include "app/files/scene_address.h"
#include "app/files/scene_file.h"
#include "app/files/state_folder.h"
#include "app/files/whole_path.h"
#include "app/gl/heatmap_painter.h"
#include "app/gl/no_display.h"
#include "app/lesson/find_lesson.h"
#include "app/lesson/read_lesson.h"
#include "app/link/listening_socket.h"
#include "app/link/socket_place.h"
#include "app/platform/ending_signals.h"
#include "app/platform/lost_display.h"
#include "app/platform/window.h"
#include "app/program/app.h"
#include "app/program/document/array_edit.h"
#include "app/program/figures.h"
#include "app/program/view/look.h"
#include "engine/core/error.h"
#include "engine/kernel_info/kernels.h"

namespace convscope {

// The start of the program uses the names of most rooms.
using namespace cli;
using namespace engine;
using namespace files;
using namespace program;
using namespace scene;

namespace {

// Frames that are drawn for a picture off screen, because some sizes depend on the frame before.
constexpr int kSettleFrames = 6;

// Returns one sentence that the user should know about the picture, or an empty text.
std::string notice_of(const PictureInput& read) {
  if (!read.over_white) return "";
  return "Parts of " + read.input.name + " can be seen through; they were put on white.";
}

// An array becomes what its shape most likely is.
Scene scene_of_array(const ArrayPath& path, std::string& notice) {
  OpenNumbers wanted{path};
  {
    const OpenArray array = open_array(path);
    wanted.use = session::likely_use(array.header.shape);
    wanted.channels_last = wanted.use == session::ArrayUse::kInput &&
                           session::likely_channels_last(array.header.shape);
  }
  auto read = std::get<session::LoadedArray>(session::read_numbers(wanted, std::stop_token()));
  if (!read.note.empty()) notice = read.note + ".";
  Scene scene = default_scene();
  apply(scene, array_edit(scene, std::move(read)));
  fit_channels(scene);
  return scene;
}

// Reads the picture or scene of the command line before a window opens, so that a wrong name
// doesn't open one.
Scene read_scene(const WindowOptions& options, std::string& notice) {
  Scene scene = default_scene();
  if (options.file.empty() || has_lesson_extension(options.file)) return scene;
  if (find_address(options.file.native())) return read_address(options.file.native());
  if (has_scene_extension(options.file)) return load_scene(options.file);
  if (const ArrayPath array = array_path(options.file.string()); is_array_file(array.file))
    return scene_of_array(array, notice);
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
  if (options.rate) {
    scene.learning.rate = *options.rate;
    scene.learning.share_of_cliff = 0.0f;
  }
  return scene;
}

// Reads the lesson of the command line, before a window opens too. Null if there is none.
LessonPtr lesson_of(const WindowOptions& options) {
  LessonPtr read;
  if (!options.lesson.empty())
    read = std::make_shared<const lesson::Lesson>(
        lesson::read_shipped(lesson::find_shipped(options.lesson)));
  else if (has_lesson_extension(options.file))
    read = std::make_shared<const lesson::Lesson>(lesson::load_lesson(options.file));
  return read;
}

// What the program starts with.
struct Beginning {
  Scene scene;
  LessonPtr lesson;      // null for none
  std::size_t step = 0;  // of the lesson, from 0
  std::string notice;    // shown at the top unless it is empty
};

void show_beginning(App& app, const Beginning& beginning, const WindowOptions& options,
                    bool remembers) {
  if (beginning.lesson == nullptr) return;
  // A file is opened as from the menu, so that its folder is remembered.
  if (remembers && options.lesson.empty())
    app.perform(OpenLesson{.path = options.file, .shipped = {}, .step = beginning.step});
  else
    app.perform(ShowLesson{beginning.lesson, beginning.step});
  if (options.look.layers_page)
    app.perform(ShowPage{*options.look.layers_page ? Page::kLayers : Page::kKernel});
}

// The scene is shown as its author set it, unless an option says otherwise.
ViewSettings view_of(const WindowLook& look, const Scene& scene) {
  ViewSettings settings;
  settings.font_scale = look.font_scale;
  settings.reduced_motion = look.reduced_motion;
  settings.tooltips = look.tooltips;
  show_look(scene.look, settings);
  if (look.layers_page) settings.page = *look.layers_page ? Page::kLayers : Page::kKernel;
  if (look.theme) settings.theme = *look.theme;
  return settings;
}

void take_steps(App& app, int steps) {
  for (int i = 0; i < steps; ++i) {
    app.perform(TrainingCommand::kStep);
  }
  app.settle();
}

void draw_off_screen(const Beginning& beginning, const WindowOptions& options, std::ostream& out) {
  const std::filesystem::path path =
      options.screenshot.empty() ? "convscope.png" : options.screenshot;
  platform::Offscreen surface({options.look.width, options.look.height});
  gl::HeatmapPainter painter;
  ViewSettings settings = view_of(options.look, beginning.scene);
  settings.reduced_motion = true;  // a picture shows where things have come to
  App app(
      painter, [] {}, beginning.scene, settings);
  show_beginning(app, beginning, options, false);
  app.settle();
  take_steps(app, options.steps);
  for (int i = 0; i < kSettleFrames; ++i)
    surface.frame(app);
  surface.save(path);
  out << "The window was drawn to " << printable(shown_path(path).string()) << "\n";
  // They would tell what an open question keeps back.
  if (!app.lessons().lectern.any_open())
    for (const std::string& line : figures(app))
      out << line << "\n";
  out.flush();
  if (!out) throw Error("the figures can't be written to standard output");
}

// Runs until the user or a signal ends it; returns the signal, or 0.
int run_window(const Beginning& beginning, const WindowOptions& options,
               std::optional<link::ListeningSocket> socket) {
  platform::Window window({options.look.width, options.look.height}, "Convscope");
  const platform::EndingSignals signals(platform::Window::wake);
  gl::HeatmapPainter painter;
  App app(painter, platform::Window::wake, beginning.scene, view_of(options.look, beginning.scene));
  const std::filesystem::path state = state_folder();
  app.keep_unsaved_work(state.empty() ? state : state / "unsaved", platform::Window::wake);
  app.remember_lessons(settings_folder());
  if (socket) app.listen(*std::move(socket), platform::Window::wake);
  const platform::LostDisplay lost([&] { return app.write_unsaved_work(); });
  show_beginning(app, beginning, options, true);
  if (options.steps > 0) take_steps(app, options.steps);
  if (!beginning.notice.empty()) app.perform(ShowMessage{beginning.notice});
  window.run(app, [&] { return signals.received() != 0; });
  if (signals.received() != 0) std::cerr << "convscope: " << app.write_unsaved_work() << "\n";
  return signals.received();
}

// Takes the name under which the window is to listen, before it opens. Nullopt if it is not to.
std::optional<link::ListeningSocket> socket_of(const WindowOptions& options, std::ostream& out) {
  if (options.listen.empty()) return std::nullopt;
  if (!platform::has_display())
    throw gl::NoDisplay(
        "Only a window listens, and there is no display to open one on: DISPLAY and "
        "WAYLAND_DISPLAY are not set.");
  link::ListeningSocket socket(options.listen, link::link_folder());
  out << "Listening as " << socket.name() << " at " << printable(socket.path().string())
      << (link::session_folder().empty() ? ", as XDG_RUNTIME_DIR names no folder" : "")
      << std::endl;
  return socket;
}

}  // namespace

void draw_window(const WindowShot& shot) {
  platform::Offscreen surface({shot.width, shot.height});
  gl::HeatmapPainter painter;
  App app(
      painter, [] {}, shot.scene,
      view_of({.theme = shot.dark ? std::optional(SceneTheme::kDark) : std::nullopt}, shot.scene));
  app.settle();
  take_steps(app, shot.steps);
  for (int i = 0; i < kSettleFrames; ++i)
    surface.frame(app);
  surface.save(shot.output);
}

void start(const WindowOptions& options, std::ostream& out) {
  // Removes what killed programs left in the folder where this program is likely to write.
  remove_leftovers(".");
  if (options.file.has_parent_path()) remove_leftovers(options.file.parent_path());
  Beginning beginning;
  beginning.scene = scene_of(options, beginning.notice);
  beginning.lesson = lesson_of(options);
  if (beginning.lesson != nullptr)
    beginning.step =
        cli::as_usage([&] { return lesson::find_step(*beginning.lesson, options.step); });
  if (!beginning.notice.empty()) out << beginning.notice << std::endl;
  std::optional<link::ListeningSocket> socket = socket_of(options, out);
  if (!options.screenshot.empty() || !platform::has_display()) {
    draw_off_screen(beginning, options, out);
    return;
  }
  // Raises the signal again, so that the program's parent sees it.
  if (const int signal = run_window(beginning, options, std::move(socket))) std::raise(signal);
}

}  // namespace convscope
