#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "app/scene/scene.h"
#include "app/session/kept_scene.h"
#include "app/session/worker.h"

namespace convscope {

struct AutosavePace {
  std::chrono::milliseconds quiet{1'000};
  std::chrono::milliseconds longest{10'000};  // that a change waits
};

// Keeps the newest scene that is in no file of the user's, off the UI thread: when nothing has
// changed for a moment, and every few seconds while it does. All members but write_now() are called
// from one thread (the UI's), and cost it no more than a copy of the scene.
class Autosaver {
 public:
  // `folder` is where runs keep what is unsaved; empty where there is no such place. `wake` is
  // called from the worker when take_error() has something to tell.
  Autosaver(std::filesystem::path folder, std::function<void()> wake, AutosavePace pace = {});

  void keep(const Scene& scene);  // these changes are in no file yet
  void forget();                  // there are none any more
  // What another run has left behind is from now on what this one keeps: it was taken up.
  void adopt(KeptScene kept);
  // One sentence why nothing could be kept, once for every attempt.
  std::optional<std::string> take_error() { return worker_.take(); }
  // Does at once, on the calling thread, what is due: on any, when the program must end. Why it
  // could not; nothing where it could.
  std::optional<std::string> write_now();
  void wait() { worker_.wait(); }  // until all is written

 private:
  using Clock = std::chrono::steady_clock;

  void want(std::optional<Scene> scene);
  std::optional<std::string> write_what_waited();

  const std::filesystem::path folder_;
  const AutosavePace pace_;
  bool keeps_ = false;  // the UI thread's: something is kept, or will be

  std::mutex wanted_mutex_;  // never held for long
  bool due_ = false;         // what is wanted was not written yet
  Clock::time_point due_since_;
  std::optional<Scene> wanted_;
  std::optional<KeptScene> adopted_;

  std::mutex kept_mutex_;  // held while it is written
  std::optional<KeptScene> kept_;

  Worker<bool, std::string> worker_;  // last: it uses all of the above
};

}  // namespace convscope
