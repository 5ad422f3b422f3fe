#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/session/names.h"
#include "app/session/training_pace.h"
#include "app/session/training_run.h"

namespace convscope::session {

// The moves that a run has still to make, in this order: return to a step that was taken before,
// take single steps, and then go on until it is paused.
struct TrainingCourse {
  enum class Run { kNone, kAsked, kUnderWay };
  std::optional<Index> seek;  // the step to return to
  Index steps = 0;            // number of single steps to take
  Run run = Run::kNone;

  // Returns whether new steps are to be taken.
  bool moves_on() const { return steps > 0 || run != Run::kNone; }
};

// The commands to a trainer that its worker has not carried out yet. A new command replaces an
// older one of its kind. The inbox has neither a lock nor a thread of its own.
struct TrainerInbox {
  using Time = std::chrono::steady_clock::time_point;

  // A new run that is to replace the current one.
  struct Beginning {
    TrainingSetup setup;
    Time earliest;           // when the run may begin
    bool cancelled = false;  // whether the user has cancelled its sums
  };

  // In a drag one change of the setup follows another. Costly sums then begin only after this time
  // without changes.
  static constexpr std::chrono::milliseconds kPatience{150};

  // Adopts the settings that take effect in the current run.
  void follow(const LearningScene& learning);
  // Requests a new run at time `now` and drops all commands to the current one. If its sums are
  // `costly`, it waits for kPatience after a change that closely follows another.
  void start_over(const TrainingSetup& setup, Time now, bool costly);
  // Requests that the run goes on until it is paused.
  void run();
  // Drops the steps that are still to be taken.
  void pause();
  // Requests a single step. Returns false, and does nothing, if the run goes on by itself.
  bool step();
  // Requests a return to `step` and drops the other moves.
  void seek(Index step);
  // Lets a new run begin without waiting.
  void hurry();

  // Returns whether a new run is to begin and is visible or has steps to take.
  bool begins() const { return beginning && (shown || course.moves_on()); }

  std::optional<TrainingSetup> asked;  // the setup of the newest scene
  std::optional<Beginning> beginning;
  Time changed_at{};  // when the setup last changed
  TrainingCourse course;
  std::string notice;  // one sentence which rule paused the run; else empty
  TrainingPace pace;
  StopRules rules;
  std::vector<ComparedRun> compared;
  bool shown = true;             // whether the run is visible
  bool with_prediction = false;  // whether snapshots contain the prediction
  bool republish = false;        // whether a snapshot is due although no job has changed the run
};

}  // namespace convscope::session
