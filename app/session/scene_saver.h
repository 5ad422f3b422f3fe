#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "app/scene/scene.h"
#include "app/session/worker.h"

namespace convscope {

// A scene that was written into its `file`, or one sentence why it was not.
struct SavedScene {
  Scene scene;
  std::string before;  // the file that it was of
  bool replace_read_only = false;
  std::string error;
};

// Writes scenes into their files on a worker thread, one after the other; its end waits until all
// are written. All members are called from one thread (the UI's).
class SceneSaver {
 public:
  // `wake` is called from the worker when a scene was written or could not be.
  explicit SceneSaver(std::function<void()> wake);

  // A read-only file is replaced only where the user said so.
  void save(Scene scene, const std::filesystem::path& path, bool replace_read_only = false);
  std::optional<SavedScene> take() { return worker_.take(); }  // the next finished one, once
  bool busy() const { return worker_.busy(); }
  void wait() { worker_.wait(); }

 private:
  Worker<SavedScene, SavedScene> worker_;
};

}  // namespace convscope
