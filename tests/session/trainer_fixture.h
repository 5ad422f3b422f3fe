#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/session/trainer.h"
#include "engine/learning.h"
#include "tests/engine/testing.h"

namespace convscope {

inline Scene with_rate(float rate) {
  Scene scene = default_scene();
  scene.learning.rate = rate;
  return scene;
}

inline LearningProblem edge_problem(const Scene& scene = default_scene()) {
  return {
      *scene.input.tensor, conv2d(*scene.input.tensor, scene.learning.hidden), {}, Reduction::kSum};
}

// A hidden kernel to be learned from noise.
inline Scene large_scene(Yx size, Index kernel) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, size.y, size.x}, 1));
  scene.learning.hidden = random_tensor({1, 1, kernel, kernel}, 2);
  scene.learning.reduction = LossReduction::kMean;
  return scene;
}

// A trainer, and a way to wait for what it does on its own.
class TrainerTest : public testing::Test {
 protected:
  void steps(int count) {
    for (int i = 0; i < count; ++i)
      trainer_.step();
    trainer_.wait();
  }
  // Blocks until the run has come to `step`.
  void wait_for(Index step) {
    std::unique_lock lock(mutex_);
    woken_.wait(lock, [&] {
      const TrainingSnapshotPtr s = trainer_.snapshot();
      return s && s->step >= step;
    });
  }
  TrainingSnapshotPtr snapshot() { return trainer_.snapshot(); }

  std::mutex mutex_;
  std::condition_variable woken_;
  std::thread::id worker_;
  Trainer trainer_{[this] {
    const std::scoped_lock lock(mutex_);
    worker_ = std::this_thread::get_id();
    woken_.notify_all();
  }};
};

}  // namespace convscope
