#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include "app/session/analyst.h"
#include "app/session/stop_watch.h"
#include "app/session/trainer.h"
#include "app/session/training_companions.h"

namespace convscope {

// The commands to a trainer (trainer.cpp), and what its worker makes of them (trainer_work.cpp).
class Trainer::Impl {
 public:
  Impl(std::function<void()> wake, TrainerOptions options);
  ~Impl();

  void submit(const Scene& scene);
  void show(bool shown);
  void run();
  void pause();
  void step();
  void seek(Index step);
  void reset();
  void cancel();
  void want_prediction(bool wanted);
  TrainingSnapshotPtr snapshot() const;
  TrainingProgress progress() const;
  void wait();

 private:
  using Clock = std::chrono::steady_clock;
  using Lock = std::unique_lock<std::mutex>;
  // What the worker is at, in the order of what may interrupt it: a command to step stops what can
  // wait, a pause also steps, going elsewhere also going back, and only another problem the sums of
  // this one.
  enum class Work { kLater, kSteps, kReplay, kSums };

  // All with the lock.
  void interrupt(Work least);
  void start_over(TrainingSetup setup);
  bool begins() const;    // somebody waits for what was submitted last
  bool has_work() const;  // now

  // The worker's: they hold the lock, and give it up while they compute.
  void work(const std::stop_token& quit);
  void do_next(Lock& lock);
  void give_up(Lock& lock);
  void begin_run(Lock& lock);
  void take_up(std::unique_ptr<TrainingRun> fresh, const TrainingSetup& setup);
  template <typename Change>
  void change_run(Lock& lock, Change&& change);
  void compare(Lock& lock);
  void take_analysis(Lock& lock);
  void replay(Lock& lock);
  void take_steps(Lock& lock);
  void advance_companions(Lock& lock);
  void do_idle_work(Lock& lock);
  void publish(Lock& lock);

  std::function<void()> wake_;
  TrainerOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<TrainingSetup> asked_;          // of the newest submitted scene
  std::optional<TrainingSetup> pending_setup_;  // that the worker has not begun yet
  Clock::time_point asked_at_{};                // when that was
  Clock::time_point begin_at_{};                // not before
  bool shown_ = true;
  float rate_ = 0.0f;
  Index steps_per_frame_ = 1;
  StopRules rules_;
  std::vector<ComparedRun> compared_;
  Index steps_due_ = 0;
  std::optional<Index> seek_due_;
  std::optional<Index> seeking_;  // under way
  bool compared_due_ = false;     // the list has changed
  bool companions_due_ = false;   // some of them are behind
  bool analysis_due_ = false;     // it can be taken up
  bool idle_work_ = false;
  bool running_ = false;
  bool watch_due_ = false;  // the run has just begun
  bool working_ = false;
  bool publish_due_ = false;
  bool cancelled_ = false;  // by the user
  bool analysis_cancelled_ = false;
  bool with_prediction_ = false;
  Work work_ = Work::kSteps;
  std::stop_source current_;  // of the computation that is under way
  std::string notice_;
  TrainingSnapshotPtr snapshot_;
  ProgressMeter meter_;
  // Changed by the worker only, with the lock: its data can be read with it.
  std::unique_ptr<TrainingRun> run_;
  // Only the worker touches these.
  TrainingSetup run_setup_;
  TrainingCompanions companions_;
  StopWatch watch_;
  std::optional<GradientCheck> check_;
  // Last: their threads use all of the above.
  Analyst analyst_;
  std::jthread worker_;
};

}  // namespace convscope
