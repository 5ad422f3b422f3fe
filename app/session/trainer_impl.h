#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include "app/session/analyst.h"
#include "app/session/names.h"
#include "app/session/stop_watch.h"
#include "app/session/trainer.h"
#include "app/session/trainer_inbox.h"
#include "app/session/training_companions.h"

namespace convscope::session {

// The commands to a trainer (trainer.cpp) go into its inbox; its worker (trainer_work.cpp) looks
// what is most urgent, does it, publishes a snapshot, and looks again.
class Trainer::Impl {
 public:
  Impl(std::function<void()> wake, const TrainerOptions& options);
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
  // What the worker does, the most urgent last. A command stops what is less urgent: one to step
  // stops what can wait, a pause also steps, going elsewhere also going there, and only another
  // setup the sums of this one.
  enum class Job {
    kNothing,
    kPublish,
    kDistances,
    kCheck,
    kCompanions,
    kSteps,
    kSeek,
    kAnalysis,
    kCompare,
    kBegin
  };
  struct UnderWay {
    Job job = Job::kNothing;
    Index seek = 0;          // where a seek goes
    bool cancelled = false;  // by the user, and not for another job
    std::uint64_t turn = 0;  // the first is 1
    std::stop_source stop{std::nostopstate};
    void cancel() {
      cancelled = true;
      stop.request_stop();
    }
  };
  // That of the run's problem. The analyst has a problem while it is pending or ready.
  enum class Analysis { kNone, kPending, kReady, kCancelled };
  // A run and what belongs to it: another setup replaces all of it.
  struct Current {
    TrainingSetup setup;
    std::unique_ptr<TrainingRun> run;
    std::vector<ComparedRun> compared;  // what the companions are
    TrainingCompanions companions;
    StopWatch watch;
    std::optional<GradientCheck> check;  // of the state that it is in
  };

  // All with the lock.
  void stop_up_to(Job job);  // and wakes the worker
  void start_over(const TrainingSetup& setup);
  bool analysing() const;
  bool awaits_analysis() const;  // and takes it up
  void stop_analysis(Analysis now);
  // The last two only while the worker is at nothing.
  Job next_job() const;
  bool only_runs() const;

  // The worker's: they hold the lock, and give it up while they compute.
  void work(const std::stop_token& quit);
  void take_turn(Lock& lock, const std::stop_token& quit);
  void do_job(Lock& lock);
  void give_up(Lock& lock);
  void begin_run(Lock& lock);
  void take_up(Current fresh);
  template <typename Change>
  void change_run(Lock& lock, Change&& change);
  void compare(Lock& lock);
  void take_analysis(Lock& lock);
  void replay(Lock& lock);
  void take_steps(Lock& lock);
  void advance_companions(Lock& lock);
  void check_gradient(Lock& lock);
  void fill_distances(Lock& lock);
  void publish(Lock& lock);

  const std::function<void()> wake_;
  const TrainerOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  TrainerInbox inbox_;
  UnderWay under_way_;
  Analysis analysis_ = Analysis::kNone;
  TrainingSnapshotPtr snapshot_;
  ProgressMeter meter_;
  // Changed by the worker only. It replaces the run with the lock: with it, its data can be read.
  Current current_;
  // Last: their threads use all of the above.
  Analyst analyst_;
  std::jthread worker_;
};

}  // namespace convscope::session
