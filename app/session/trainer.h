#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "app/files/memory_limit.h"
#include "app/scene/scene.h"
#include "app/session/names.h"
#include "app/session/progress_meter.h"
#include "app/session/training_snapshot.h"

namespace convscope::session {

struct TrainerOptions {
  std::size_t keyframe_bytes = kKeyframeBytes;
  // A replay of steps that is shorter than this reports no progress and can't be cancelled.
  std::chrono::milliseconds replay_patience{200};
  // A run that would need more memory than this is not begun; its message says so.
  MemoryLimit memory = {};
};

// Learns a kernel by gradient descent on a worker thread. All members are called from one thread
// (the UI's), and all except wait() return at once.
class Trainer {
 public:
  // `wake` is called from the worker when a new snapshot is there.
  explicit Trainer(std::function<void()> wake, const TrainerOptions& options = {});
  ~Trainer();

  // Adopts the learning settings of the scene. A new input, target, kernel size, seed, start or
  // optimizer begins a new run, which is paused; a new learning rate, stop rule or compared run
  // takes effect in the current run. Costs next to nothing if nothing relevant has changed. If the
  // sums of the new run take long, they begin at once after a first change, but after further
  // changes only when none has followed for a moment.
  void submit(const Scene& scene);
  // Sets whether the run is visible, which it is at first. A new run of an invisible trainer is not
  // begun until it becomes visible or is told to run or step, because sums over a large input keep
  // all processors busy.
  void show(bool shown);
  // Takes steps until the run is paused.
  void run();
  // Pauses the run.
  void pause();
  // Takes one step, unless the run goes on by itself.
  void step();
  // Pauses the run and returns to a step that was taken before. A later seek replaces an earlier
  // one that is still under way.
  void seek(Index step);
  // Begins the run again with its start weights.
  void reset();
  // Cancels the work that progress() reports. A reset begins it again.
  void cancel();
  // Sets whether snapshots contain the prediction.
  void want_prediction(bool wanted);
  // Returns the progress of work that takes long.
  TrainingProgress progress() const;
  // Returns the newest snapshot; null before the first.
  TrainingSnapshotPtr snapshot() const;
  // Blocks until all commands so far are carried out, without the usual delays, and a snapshot
  // shows their result, for tests and for drawing off screen. A run that goes on need only have
  // taken its first steps.
  void wait();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace convscope::session
