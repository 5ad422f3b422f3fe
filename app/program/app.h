#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "app/panels/panel_states.h"
#include "app/platform/client.h"
#include "app/program/actions.h"
#include "app/program/copy_snippet.h"
#include "app/program/document/scene_files.h"
#include "app/program/drop_place.h"
#include "app/program/lesson_steps.h"
#include "app/program/link_desk.h"
#include "app/program/names.h"
#include "app/program/pictures.h"
#include "app/program/recovery.h"
#include "app/program/surface.h"
#include "app/program/waits.h"

namespace convscope::program {

// The program without its window: it owns all state and draws each frame, all on the UI thread. Its
// many data members are the parts of the program, each with its own class.
class App final : public platform::Client {
 public:
  // `painter` must outlive the App. Workers call `wake` to end the window's sleep.
  App(ui::HeatmapPainter& painter, const std::function<void()>& wake, Scene scene = default_scene(),
      ViewSettings view = {});
  bool prepare(float display_scale, int width, int height) override;
  void frame() override;
  void unseen() override { poll(); }
  std::uint32_t background() const override { return surface_.theme().color.background; }
  std::uint64_t textures_version() const override { return surface_.textures_version(); }
  void drop(std::span<const std::filesystem::path> paths) override;
  std::string title() const override;
  bool animating() const override;
  void close() override { files_.end_program(); }
  bool wants_quit() const override { return files_.ends_program(); }
  bool wants_full_screen() const override { return view_.settings.full_screen; }
  std::filesystem::path take_screenshot_path() override { return pictures_.take(); }
  void screenshot_saved(const std::filesystem::path& path, const std::string& error) override;

  // Keeps unsaved changes in `folder`, unless it is empty, and offers those that are left there.
  void keep_unsaved_work(const std::filesystem::path& folder, const std::function<void()>& wake);
  // Remembers the folder of one's own lessons in `folder`; without this call none is.
  void remember_lessons(const std::filesystem::path& folder) { lessons_.files.remember_in(folder); }
  // Writes unsaved changes at once, from any thread. Returns a sentence on what becomes of them.
  std::string write_unsaved_work();
  // Serves other programs at this socket from now on; without this call none is served.
  void listen(link::ListeningSocket socket, const std::function<void()>& wake);
  // Carries out an action of a panel, a key or the command line.
  void perform(const Action& action);
  // Blocks until everything requested is computed and taken over, for drawing off screen.
  void settle();
  const Document& document() const { return document_; }
  const Live& live() const { return live_; }
  const View& view() const { return view_; }
  const Lessons& lessons() const { return lessons_; }
  const Surface& surface() const { return surface_; }

 private:
  void poll();
  void follow_document();
  void draw();
  LessonParts lesson_parts() { return {lessons_, document_, live_, view_}; }

  Document document_;
  SceneFiles files_;
  Live live_;
  Lessons lessons_;
  View view_;
  Surface surface_;
  PanelStates panels_;
  Actions actions_;
  Waits waits_;
  std::unique_ptr<Recovery> recovery_;  // null if unsaved changes are not kept
  Pictures pictures_;
  std::unique_ptr<LinkDesk> link_;  // null if the window does not listen
  Snippets snippets_;
};

}  // namespace convscope::program
