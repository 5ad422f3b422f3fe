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
#include "app/program/names.h"
#include "app/session/autosaver.h"
#include "app/session/kept_scene.h"
#include "app/session/worker.h"

namespace convscope::program {

// What is drawn outlives a run that ends without being asked: the scene is kept while it is
// unsaved, and what earlier runs have left behind is offered.
class Recovery {
 public:
  // What is in a scene that was left behind, or one sentence why it can't be read.
  struct Recovered {
    std::optional<Scene> scene;
    bool file_is_newer = false;  // its file was changed by others since the scene was kept
    std::string error;
  };

  // As Autosaver has them; `wake` is also called when take() has something.
  Recovery(const std::filesystem::path& folder, const std::function<void()>& wake);

  // Keeps the document where it has changed and would be lost.
  void follow(const Document& document);
  // From any thread, when the program must end: why it could not.
  std::optional<std::string> write_now() { return saver_.write_now(); }
  void end();   // nothing is unsaved, or it was given up
  void wait();  // until all is written and read

  // The question, where something is offered.
  void draw(const PanelContext& context, bool wanted);
  std::optional<Recovered> take();          // what the user goes on with, once
  std::optional<std::string> take_error();  // why changes can't be kept: told once in a run

 private:
  struct Read {
    std::shared_ptr<KeptScene> from;
    Recovered recovered;
  };
  void answer(RecoveryAnswer answer);

  std::uint64_t followed_ = 0;  // the version of the document
  bool unsaved_ = false;        // it would have been lost then
  Autosaver saver_;
  std::vector<KeptScene> offered_;  // the newest first
  bool told_ = false;
  Worker<std::shared_ptr<KeptScene>, Read> reader_;
};

}  // namespace convscope::program
