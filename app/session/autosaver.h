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

// When unsaved changes are written.
struct AutosavePace {
  std::chrono::milliseconds quiet{1'000};     // after this time without changes,
  std::chrono::milliseconds longest{10'000};  // or at the latest this long after the first one
};

// Keeps the newest unsaved scene on disk, off the UI thread: when nothing has changed for a moment,
// and every few seconds during changes. All members but write_now() are called from one thread (the
// UI's), and cost it no more than a copy of the scene.
class Autosaver {
 public:
  // `folder` is where runs keep unsaved scenes; empty disables it. `wake` is called from the worker
  // when take_error() has something to return.
  Autosaver(std::filesystem::path folder, std::function<void()> wake, AutosavePace pace = {});

  void keep(const Scene& scene);  // the scene has unsaved changes
  void forget();                  // there are no unsaved changes any more
  // Takes over a scene that another run left behind and the user restored.
  void adopt(KeptScene kept);
  // Returns one sentence why the scene could not be kept, once for each attempt.
  std::optional<std::string> take_error() { return worker_.take(); }
  // Writes what is pending at once, on the calling thread, which may be any: for when the program
  // must end. Returns why it could not; nullopt on success.
  std::optional<std::string> write_now();
  void wait() { worker_.wait(); }  // until everything is written

 private:
  using Clock = std::chrono::steady_clock;

  void want(std::optional<Scene> scene);
  std::optional<std::string> write_what_waited();

  const std::filesystem::path folder_;
  const AutosavePace pace_;
  bool keeps_ = false;  // the UI thread's: whether a scene is kept or will be

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
