#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/session/analyst.h"
#include "app/session/names.h"
#include "app/session/stop_watch.h"
#include "app/session/trainer.h"
#include "app/session/trainer_inbox.h"
#include "app/session/training_companions.h"

namespace convscope::session {

// The jobs of a trainer's worker in ascending urgency. A command stops the job under way up to some
// urgency: run and step stop jobs up to kCompanions, pause up to kSteps, seek up to kSeek, and a
// new setup stops every job.
enum class TrainerJob {
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

// A turn of the worker, in which it chooses a job and does it.
struct TrainerTurn {
  TrainerJob job = TrainerJob::kNothing;  // the job under way
  Index seek = 0;                         // the step that kSeek returns to
  bool cancelled = false;                 // whether the user cancelled the job
  std::uint64_t number = 0;               // counted from 1
  std::stop_source stop{std::nostopstate};

  // Stops the job because the user cancelled it.
  void cancel() {
    cancelled = true;
    stop.request_stop();
  }
};

// The current run with everything that another setup replaces together with it.
struct CurrentRun {
  TrainingSetup setup;
  std::unique_ptr<TrainingRun> run;
  std::vector<ComparedRun> compared;  // the runs that `companions` contains
  TrainingCompanions companions;
  StopWatch watch;
  std::optional<GradientCheck> check;  // the check of the run's current gradient
};

// The state that a trainer's commands share with its worker. All members are read and written with
// `mutex` held. Only the worker writes `current`, and it uses current.run without the mutex.
struct TrainerState {
  using Clock = std::chrono::steady_clock;
  // The analysis of the current run's problem. While it is pending or ready, the analyst has that
  // problem.
  enum class Analysis {
    kNone,       // finished, or not needed
    kPending,    // the analyst works on it
    kReady,      // the analyst has finished it, but the worker has not taken it
    kCancelled,  // the user cancelled it, or there was not enough memory
  };

  TrainerState(std::function<void()> wake, const TrainerOptions& options);

  // Stops the job under way unless it is more urgent than `job`, and wakes the worker.
  void stop_up_to(TrainerJob job);
  // Requests a new run and stops every job.
  void start_over(const TrainingSetup& setup);
  // Returns whether the analysis is pending or ready.
  bool analysing() const;
  // Returns whether the current run, which no new run replaces, still lacks its analysis.
  bool awaits_analysis() const;
  // Stops the analysis, whose state becomes `now`.
  void stop_analysis(Analysis now);
  // Returns the most urgent job to do. Must be called only while no job is under way.
  TrainerJob next_job() const;
  // Returns when there may be a job although no command has come; nullopt if there won't be. Must
  // be called only while no job is under way.
  std::optional<Clock::time_point> next_time() const;
  // Returns whether the only job left is to go on with the run. Must be called only while no job is
  // under way.
  bool only_runs() const;
  // Returns whether the next steps may be taken now.
  bool steps_are_due() const;
  bool waits_for_cliff() const;  // the rate is a share of what is being computed

  const std::function<void()> wake;
  const TrainerOptions options;
  mutable std::mutex mutex;
  std::condition_variable_any changed;
  TrainerInbox inbox;
  TrainerTurn turn;
  Analysis analysis = Analysis::kNone;
  TrainingSnapshotPtr snapshot;
  ProgressMeter meter;
  CurrentRun current;
  Clock::time_point last_batch{};  // when the run's newest batch of steps began
  Analyst analyst;                 // last, because its thread uses the other members
};

}  // namespace convscope::session
