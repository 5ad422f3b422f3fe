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

// What the worker of a trainer does, the most urgent last. A command stops what is less urgent: one
// to step stops what can wait, a pause also steps, going elsewhere also going there, and only
// another setup the sums of this one.
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

// The job that the worker is at. Each time that it looks what to do is a turn.
struct TrainerTurn {
  TrainerJob job = TrainerJob::kNothing;
  Index seek = 0;            // where a seek goes
  bool cancelled = false;    // by the user, and not for another job
  std::uint64_t number = 0;  // the first turn is 1
  std::stop_source stop{std::nostopstate};

  void cancel() {
    cancelled = true;
    stop.request_stop();
  }
};

// A run and what belongs to it: another setup replaces all of it.
struct CurrentRun {
  TrainingSetup setup;
  std::unique_ptr<TrainingRun> run;
  std::vector<ComparedRun> compared;  // what the companions are
  TrainingCompanions companions;
  StopWatch watch;
  std::optional<GradientCheck> check;  // of the state that the run is in
};

// What the commands to a trainer and its worker share. All members are read and changed with
// `mutex` held, except that the worker, which alone changes `current`, uses the run in it without.
struct TrainerState {
  using Clock = std::chrono::steady_clock;
  // The analysis of the run's problem. The analyst has a problem while it is pending or ready.
  enum class Analysis { kNone, kPending, kReady, kCancelled };

  TrainerState(std::function<void()> wake, const TrainerOptions& options);

  // Stops the job under way unless it is more urgent than `job`, and wakes the worker.
  void stop_up_to(TrainerJob job);
  void start_over(const TrainingSetup& setup);
  bool analysing() const;
  bool awaits_analysis() const;  // and takes it up when it is ready
  void stop_analysis(Analysis now);
  // The last two are asked only while no job is under way.
  TrainerJob next_job() const;
  bool only_runs() const;  // nothing is left to do but to go on with the run

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
  Analyst analyst;  // last: its thread uses the rest
};

}  // namespace convscope::session
