#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/dialogs/recovery_question.h"
#include "app/session/autosaver.h"
#include "app/session/kept_scene.h"
#include "app/session/worker.h"

namespace convscope {

// What is drawn outlives a run that ends without being asked: the scene is kept while it is
// unsaved, and what earlier runs have left behind is offered.
class Recovery {
 public:
  // What is in a scene that was left behind, or one sentence why it can't be read.
  struct Recovered {
    std::optional<Scene> scene;
    std::string notice;  // one sentence that the user should know; else empty
    std::string error;
  };

  // As Autosaver has them; `wake` is also called when take() has something.
  Recovery(const std::filesystem::path& folder, const std::function<void()>& wake);

  void keep(const Scene& scene, bool unsaved);  // the scene now
  // From any thread, when the program must end: why it could not.
  std::optional<std::string> write_now() { return saver_.write_now(); }
  void end();   // nothing is unsaved, or it was given up
  void wait();  // until all is written and read

  // The question, where something is offered.
  void draw(const PanelContext& context, bool wanted);
  std::optional<Recovered> take();          // what the user goes on with, once
  std::optional<std::string> take_error();  // why changes can't be kept: told once in a run
  // The file was changed by others since the scene was kept that is of it.
  bool asks_before_saving(const std::string& file) const;
  void saved(const std::string& file);  // the user has

 private:
  struct Read {
    std::shared_ptr<KeptScene> from;
    Recovered recovered;
  };
  void answer(RecoveryAnswer answer);

  Autosaver saver_;
  std::vector<KeptScene> offered_;  // the newest first
  bool told_ = false;
  std::string newer_file_;
  Worker<std::shared_ptr<KeptScene>, Read> reader_;
};

}  // namespace convscope
