#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/session/names.h"
#include "app/session/training_run.h"

namespace convscope::session {

// How far a run of learning is to go: back or forth to a step that was taken before, from there by
// single steps, and then on by itself. A part comes only after those before it are done.
struct TrainingCourse {
  enum class Run { kNone, kAsked, kUnderWay };
  std::optional<Index> seek;
  Index steps = 0;
  Run run = Run::kNone;

  bool moves_on() const { return steps > 0 || run != Run::kNone; }
};

// What a trainer was told and its worker has not carried out yet: of each kind the newest. It has
// no lock and no thread of its own.
struct TrainerInbox {
  using Time = std::chrono::steady_clock::time_point;

  // A setup to begin with, in place of the run that there is.
  struct Beginning {
    TrainingSetup setup;
    Time earliest;
    bool cancelled = false;  // nobody waits for its sums
  };

  // Sums that are costly are not begun while one change follows another as in a drag: only when
  // none has come for so long.
  static constexpr std::chrono::milliseconds kPatience{150};

  // Takes over what has effect in the middle of a run.
  void follow(const LearningScene& learning);
  // Drops every command to the run before.
  void start_over(const TrainingSetup& setup, Time now, bool costly);
  void run();
  void pause();
  bool step();  // false: means nothing while it runs
  void seek(Index step);
  // Begins without patience.
  void hurry();

  // Somebody waits for what is to begin.
  bool begins() const { return beginning && (shown || course.moves_on()); }

  std::optional<TrainingSetup> asked;  // by the newest scene
  std::optional<Beginning> beginning;
  Time changed_at{};  // when the setup was changed last
  TrainingCourse course;
  std::string notice;  // one sentence which rule paused the run; else empty
  float rate = 0.0f;
  Index steps_per_frame = 1;
  StopRules rules;
  std::vector<ComparedRun> compared;
  bool shown = true;             // somebody looks at it
  bool with_prediction = false;  // in the snapshots
  bool retell = false;           // what a snapshot tells beside the run has changed
};

}  // namespace convscope::session
