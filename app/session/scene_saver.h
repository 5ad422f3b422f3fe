#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "app/scene/scene.h"
#include "app/session/names.h"
#include "app/session/worker.h"

namespace convscope::session {

// A scene after an attempt to write it.
struct SavedScene {
  Scene scene;                     // with the new path in `file`
  std::string before;              // path of the file that the scene had before; empty for none
  bool replace_read_only = false;  // whether a read-only file was to be replaced
  std::string error;               // one sentence why the scene was not written; empty if it was
};

// Writes scenes to their files on a worker thread, one after the other. The destructor waits until
// all are written. All members are called from one thread (the UI's).
class SceneSaver {
 public:
  // `wake` is called from the worker when a scene was written or could not be.
  explicit SceneSaver(std::function<void()> wake);

  // Writes `scene` to `path`. A read-only file is replaced only if `replace_read_only` is set,
  // which the user must agree to.
  void save(Scene scene, const std::filesystem::path& path, bool replace_read_only = false);
  // Returns each finished scene once.
  std::optional<SavedScene> take() { return worker_.take(); }
  // Returns whether a scene is being written or waits for it.
  bool busy() const { return worker_.busy(); }
  // Blocks until all scenes are written.
  void wait() { worker_.wait(); }

 private:
  Worker<SavedScene, SavedScene> worker_;
};

}  // namespace convscope::session
