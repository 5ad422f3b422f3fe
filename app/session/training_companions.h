#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "app/session/names.h"
#include "app/session/training_snapshot.h"

namespace convscope::session {

// The runs that learn beside the main run for comparison, on the same worker. They have the same
// problem and start but other optimizers or rates.
class TrainingCompanions {
 public:
  // Starts the runs in `wanted` and drops all others. Runs that exist already go on, unless `setup`
  // or `problem` is another one.
  void set(const std::vector<ComparedRun>& wanted, const TrainingProblemPtr& problem,
           const TrainingSetup& setup);
  // Returns whether some run can be advanced to `step`.
  bool behind(Index step) const;
  // Takes steps until no run is behind `step`, `stop` is requested or about `milliseconds` have
  // passed.
  void advance(Index step, const std::stop_token& stop, int milliseconds);
  // Returns the loss histories of the runs.
  std::vector<ComparedHistory> histories() const;

 private:
  struct Companion {
    ComparedRun what;
    std::unique_ptr<TrainingRun> run;
  };
  TrainingProblemPtr problem_;
  TrainingSetup setup_;
  std::vector<Companion> companions_;
};

}  // namespace convscope::session
