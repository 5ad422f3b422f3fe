#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/scene/scene.h"
#include "app/session/training_run.h"
#include "engine/tensor.h"

namespace convscope {

enum class TrainingState { kPaused, kRunning, kDiverged };

// All that the learning panel shows, of one piece.
struct TrainingSnapshot {
  TrainingState state = TrainingState::kPaused;
  Index step = 0;                      // steps taken so far
  double loss = 0.0;                   // with `weight`
  Tensor start;                        // [1, 1, kh, kw] the weights of step 0
  Tensor weight;                       // [1, 1, kh, kw] now
  Tensor gradient;                     // d(loss)/d(weight), the same shape
  TensorPtr target;                    // [1, C, H', W']
  TensorPtr error;                     // prediction - target, the same shape
  std::vector<float> bias;             // the learned one, or empty
  std::vector<float> bias_gradient;    // as many
  std::vector<LossPoint> history;      // thinned to a bounded number of points
  std::vector<KeyframePtr> keyframes;  // states to go back to, the start first, likewise thinned
  std::shared_ptr<const TrainingAnalysis> analysis;  // null while it is being computed
  std::optional<GradientCheck> check;  // of the gradient now; empty while the run goes on
  double distance = 0.0;               // from the exact answer, in parameter space
  std::shared_ptr<const LearningProblem> problem;
  std::string message;  // one sentence why the run stopped, or why there is none; else empty
};

using TrainingSnapshotPtr = std::shared_ptr<const TrainingSnapshot>;

// Learns a kernel by gradient descent on a worker thread. All members but the worker's own are
// called from one thread (the UI's) and return at once.
class Trainer {
 public:
  // `wake` is called from the worker when a new snapshot is there.
  explicit Trainer(std::function<void()> wake);
  ~Trainer();

  // Takes up what the scene asks for. A new input, target, kernel size, seed or start starts over,
  // paused; a new learning rate takes effect in the middle of the run. Costs nothing when nothing
  // relevant changed.
  void submit(const Scene& scene);
  void run();
  void pause();
  void step();              // one step
  void seek(Index step);    // pauses, and goes to the last keyframe at or before it
  void reset();             // back to the start weights
  double progress() const;  // of sums that are made before the first step: 0 to 1, and 1 when done
  TrainingSnapshotPtr snapshot() const;  // null until the first
  // Blocks until the commands given so far are carried out: for tests, and for drawing off screen.
  void wait();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace convscope
