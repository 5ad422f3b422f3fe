#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "app/scene/scene.h"
#include "app/session/kept_scene.h"
#include "app/session/names.h"
#include "app/session/worker.h"

namespace convscope::session {

// Unsaved changes are written after `quiet` without another change, and at the latest `longest`
// after the first change.
struct AutosavePace {
  std::chrono::milliseconds quiet{1'000};
  std::chrono::milliseconds longest{10'000};
};

// Keeps the newest unsaved scene on disk, off the UI thread: when nothing has changed for a moment,
// and every few seconds during changes. All members except write_now() are called from one thread
// (the UI's), which they take no longer than a copy of the scene.
class Autosaver {
 public:
  // `folder` is where runs keep unsaved scenes; empty disables it. `wake` is called from the worker
  // when take_error() has something to return.
  Autosaver(std::filesystem::path folder, std::function<void()> wake, AutosavePace pace = {});

  // Keeps `scene`, which has unsaved changes.
  void keep(const Scene& scene);
  // Removes the kept scene, because there are no unsaved changes any more.
  void forget();
  // Takes over a scene that another run left behind and the user restored.
  void adopt(KeptScene kept);
  // Returns one sentence why the scene could not be kept, once for each attempt.
  std::optional<std::string> take_error() { return worker_.take(); }
  // Writes a pending scene at once on the calling thread, which may be any thread, when the program
  // must end. Returns one sentence why the scene could not be written; nullopt on success.
  std::optional<std::string> write_now();
  // Blocks until everything is written.
  void wait() { worker_.wait(); }

 private:
  using Clock = std::chrono::steady_clock;

  void want(std::optional<Scene> scene);
  std::optional<std::string> write_if_overdue();

  const std::filesystem::path folder_;
  const AutosavePace pace_;
  bool keeps_ = false;  // whether a scene is kept or will be; used by the UI thread only

  std::mutex wanted_mutex_;  // never held for long
  bool due_ = false;         // whether `wanted_` has not been written yet
  Clock::time_point due_since_;
  std::optional<Scene> wanted_;
  std::optional<KeptScene> adopted_;

  std::mutex kept_mutex_;  // held while a scene is written
  std::optional<KeptScene> kept_;

  Worker<bool, std::string> worker_;  // last, because it uses all of the above
};

}  // namespace convscope::session
