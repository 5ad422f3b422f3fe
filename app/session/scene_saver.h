#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "app/scene/scene.h"
#include "app/session/names.h"
#include "app/session/worker.h"

namespace convscope::session {

// A scene after it was written to its `file`, or one sentence why it was not.
struct SavedScene {
  Scene scene;
  std::string before;  // the file that the scene had before
  bool replace_read_only = false;
  std::string error;
};

// Writes scenes to their files on a worker thread, one after the other. The destructor waits until
// all are written. All members are called from one thread (the UI's).
class SceneSaver {
 public:
  // `wake` is called from the worker when a scene was written or could not be.
  explicit SceneSaver(std::function<void()> wake);

  // Replaces a read-only file only if the user agreed.
  void save(Scene scene, const std::filesystem::path& path, bool replace_read_only = false);
  std::optional<SavedScene> take() { return worker_.take(); }  // returns each finished one once
  bool busy() const { return worker_.busy(); }
  void wait() { worker_.wait(); }

 private:
  Worker<SavedScene, SavedScene> worker_;
};

}  // namespace convscope::session
