#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/dialogs/recovery_question.h"
#include "app/program/document/document.h"
#include "app/program/document/scene_files.h"
#include "app/program/names.h"
#include "app/program/view/view.h"
#include "app/session/autosaver.h"
#include "app/session/kept_scene.h"
#include "app/session/worker.h"

namespace convscope::program {

// Protects unsaved work from crashes: keeps the scene on disk while leaving it would lose work, and
// offers the scenes that earlier runs left behind.
class Recovery {
 public:
  // `folder` is where runs keep unsaved scenes; empty disables it. `wake` is called from workers
  // when take_up() has something to return or to report.
  Recovery(const std::filesystem::path& folder, const std::function<void()>& wake);

  // Keeps the document if it has changed and leaving it would lose work.
  void follow(const Document& document);
  // Writes unsaved changes at once, for when the program must end. May be called from any thread.
  // Returns one sentence that says what becomes of the changes.
  std::string write_now();
  // Removes the kept scene, because its changes were saved or given up.
  void end();
  // Blocks until everything is written and read.
  void wait();

  // Draws the question whether to go on with a scene of an earlier run, if there is one and it is
  // `wanted`.
  void draw(const PanelContext& context, bool wanted);
  // Returns the scene that the user has chosen to go on with, once, as an edit that stays unsaved.
  // Shows in the view what could not be kept or read. If the scene's file was changed after the
  // scene was kept, makes saving ask for a name.
  std::optional<Edit> take_up(SceneFiles& files, View& view);

 private:
  // A kept scene after it was read.
  struct Read {
    std::shared_ptr<KeptScene> from;
    std::optional<Scene> scene;
    std::string error;  // why it can't be read: a sentence without its full stop
  };
  static Read read(const std::shared_ptr<KeptScene>& kept);
  void answer(RecoveryAnswer answer);
  void tell_what_is_not_kept(View& view);

  std::uint64_t followed_ = 0;  // the version of the document that follow() saw last
  bool unsaved_ = false;        // whether leaving that version would lose work
  Autosaver saver_;
  std::vector<KeptScene> offered_;  // scenes that earlier runs left behind, the newest first
  bool error_shown_ = false;        // whether this run has said that changes can't be kept
  Worker<std::shared_ptr<KeptScene>, Read> reader_;
};

}  // namespace convscope::program
