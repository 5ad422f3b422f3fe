#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <semaphore>
#include <thread>
#include <utility>

#include "app/session/trainer.h"
#include "engine/learning/learning.h"
#include "tests/engine/testing.h"

namespace convscope::session {

inline Scene with_rate(float rate) {
  Scene scene = default_scene();
  scene.learning.rate = rate;
  return scene;
}

inline LearningProblem edge_problem(const Scene& scene = default_scene()) {
  return {
      *scene.input.tensor, conv2d(*scene.input.tensor, scene.learning.hidden), {}, Reduction::kSum};
}

// Returns a scene whose hidden kernel is learned from noise.
inline Scene large_scene(Yx size, Index kernel) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, size.y, size.x}, 1));
  scene.learning.hidden = random_tensor({1, 1, kernel, kernel}, 2);
  scene.learning.reduction = Reduction::kMean;
  return scene;
}

// A result that has not come after this time never will.
inline constexpr std::chrono::seconds kHang{120};

// A trainer, with ways to wait for what it does on its own.
class TrainerTest : public testing::Test {
 protected:
  void steps(int count) {
    for (int i = 0; i < count; ++i)
      trainer_.step();
    trainer_.wait();
  }
  // Blocks until the run has reached `step`; fails the test if it never does.
  void wait_for(Index step) {
    EXPECT_TRUE(comes_to([&](const TrainingSnapshot& s) { return s.step >= step; }))
        << "the run has not come to step " << step << " in " << kHang.count() << " seconds";
  }
  // Runs, and blocks until the run has paused by itself.
  void run_to_its_end() {
    trainer_.run();
    trainer_.wait();
    EXPECT_TRUE(comes_to([](const TrainingSnapshot& s) {
      return s.state != TrainingState::kRunning;
    })) << "the run has not paused in "
        << kHang.count() << " seconds";
    trainer_.wait();
  }
  template <typename Condition>
  bool comes_to(const Condition& there) {
    std::unique_lock lock(mutex_);
    return woken_.wait_for(lock, kHang, [&] {
      const TrainingSnapshotPtr s = trainer_.snapshot();
      return s && there(*s);
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

// A trainer whose worker stops when it wakes others, if `holds` returns true, until go_on().
class HeldTrainer {
 public:
  explicit HeldTrainer(std::function<bool(const Trainer&)> holds, TrainerOptions options = {})
      : holds_(std::move(holds)), trainer_([this] { woken(); }, options) {}
  ~HeldTrainer() { go_on(kMany); }

  Trainer* operator->() { return &trainer_; }
  // Blocks until the worker is held; returns false if it never is.
  bool held() { return held_.try_acquire_for(kHang); }
  void go_on(std::ptrdiff_t times = 1) { may_go_on_.release(times); }

 private:
  static constexpr std::ptrdiff_t kMany = 1 << 10;

  void woken() {
    if (!holds_(trainer_)) return;
    held_.release();
    may_go_on_.acquire();
  }

  std::function<bool(const Trainer&)> holds_;
  std::counting_semaphore<> held_{0};
  std::counting_semaphore<> may_go_on_{0};
  Trainer trainer_;  // last, because its thread uses the rest
};

}  // namespace convscope::session
