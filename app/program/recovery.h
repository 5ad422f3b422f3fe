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

// What is drawn outlives a run that ends without being asked: the scene is kept while it is
// unsaved, and what earlier runs have left behind is offered.
class Recovery {
 public:
  // As Autosaver has them; `wake` is also called when take_up() has something.
  Recovery(const std::filesystem::path& folder, const std::function<void()>& wake);

  // Keeps the document where it has changed and would be lost.
  void follow(const Document& document);
  // Writes what is unsaved, as the program must end at once. From any thread. Returns one sentence
  // that says what becomes of it.
  std::string write_now();
  void end();   // nothing is unsaved, or it was given up
  void wait();  // until all is written and read

  // The question, where something is offered.
  void draw(const PanelContext& context, bool wanted);
  // Takes up what the user goes on with, as one step of undo that is still unsaved; once. Tells in
  // the view what could not be kept or read. Saving asks for a name where the scene's file was
  // changed by others since the scene was kept.
  std::optional<Edit> take_up(SceneFiles& files, View& view);

 private:
  struct Read {
    std::shared_ptr<KeptScene> from;
    std::optional<Scene> scene;
    std::string error;  // why it can't be read: one sentence without its end
  };
  static Read read(const std::shared_ptr<KeptScene>& kept);
  void answer(RecoveryAnswer answer);
  void tell_what_is_not_kept(View& view);

  std::uint64_t followed_ = 0;  // the version of the document
  bool unsaved_ = false;        // it would have been lost then
  Autosaver saver_;
  std::vector<KeptScene> offered_;  // the newest first
  bool told_ = false;
  Worker<std::shared_ptr<KeptScene>, Read> reader_;
};

}  // namespace convscope::program
