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
  // A replay that takes no longer tells of no progress, and can't be cancelled.
  std::chrono::milliseconds replay_patience{200};
  // What a run may take; where it would take more there is nothing to learn, and its message says
  // so.
  MemoryLimit memory = {};
};

// Learns a kernel by gradient descent on a worker thread. All members but the worker's own are
// called from one thread (the UI's) and return at once.
class Trainer {
 public:
  // `wake` is called from the worker when a new snapshot is there.
  explicit Trainer(std::function<void()> wake, const TrainerOptions& options = {});
  ~Trainer();

  // Takes up what the scene asks for. A new input, target, kernel size, seed, start or optimizer
  // starts over, paused; a new learning rate, rule to stop or run to compare with takes effect in
  // the middle of the run. Costs nothing when nothing relevant changed. Where the sums take long
  // they are begun at the first change, and then only when none has come for a moment.
  void submit(const Scene& scene);
  // Whether somebody looks at it, as at first. What is submitted while nobody does waits until
  // somebody does, or tells it to run or step: sums over a large input keep all processors busy.
  void show(bool shown);
  void run();
  void pause();
  void step();  // one step
  // Pauses, and goes to a step that was taken before; one that is sought meanwhile wins.
  void seek(Index step);
  void reset();                       // back to the start weights
  void cancel();                      // what progress() tells of; it is done after a reset
  void want_prediction(bool wanted);  // in the snapshots
  TrainingProgress progress() const;
  TrainingSnapshotPtr snapshot() const;  // null until the first
  // Blocks until the commands given so far are carried out, without patience, and the newest
  // snapshot tells so: for tests, and for drawing off screen. A run that goes on is carried out
  // with its first steps.
  void wait();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace convscope::session
