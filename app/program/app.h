#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "app/panels/panel_states.h"
#include "app/platform/client.h"
#include "app/program/actions.h"
#include "app/program/document/document.h"
#include "app/program/document/scene_files.h"
#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/recovery.h"
#include "app/program/surface.h"
#include "app/program/view/view.h"
#include "app/program/waits.h"
#include "app/program/window_picture.h"

namespace convscope::program {

// The program without its window: its owners of state, told of what happened, and the frame that
// shows them. All members are called from the UI thread.
class App final : public platform::Client {
 public:
  // `painter` must outlive the App. `wake` ends the window's sleep and is called from workers.
  App(ui::HeatmapPainter& painter, const std::function<void()>& wake, Scene scene = default_scene(),
      ViewSettings view = {});

  bool prepare(float display_scale) override;
  void frame() override;
  std::uint32_t background() const override { return surface_.theme().color.background; }
  std::uint64_t textures_version() const override { return surface_.textures_version(); }
  void drop(std::span<const std::filesystem::path> paths) override { files_.drop(paths); }
  std::string title() const override;
  bool animating() const override;
  void close() override { files_.end_program(); }
  bool wants_quit() const override { return files_.ends_program(); }
  bool wants_full_screen() const override { return view_.settings.full_screen; }
  std::filesystem::path take_screenshot_path() override { return picture_.take(); }
  void screenshot_saved(const std::filesystem::path& path, const std::string& error) override;

  // Keeps unsaved changes in this folder (empty: nowhere), and offers those that earlier runs have
  // left there. Without it nothing is kept.
  void keep_unsaved_work(const std::filesystem::path& folder, const std::function<void()>& wake);
  // Writes what is unsaved, as the program must end at once. From any thread. Returns one sentence.
  std::string write_unsaved_work();

  // Carries out what a panel, a key or the command line asks for, by its owner.
  void perform(const Action& action);
  // Blocks until everything that was asked for is computed and taken up: for drawing off screen.
  void settle();

  const Document& document() const { return document_; }
  const Live& live() const { return live_; }
  const View& view() const { return view_; }
  const Surface& surface() const { return surface_; }

 private:
  void poll();
  void follow_document();
  void take_news();
  void draw();

  Document document_;
  SceneFiles files_;
  Live live_;
  View view_;
  Surface surface_;
  PanelStates panels_;
  Actions actions_;
  WorkTime work_time_;
  NoteWait note_wait_;
  std::unique_ptr<Recovery> recovery_;  // null where nothing is kept
  WindowPicture picture_;
};

}  // namespace convscope::program
