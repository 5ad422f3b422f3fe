#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "app/session/names.h"
#include "app/session/training_snapshot.h"

namespace convscope::session {

// The runs for comparison that learn beside a run, on its worker: with the same problem and start,
// but another optimizer or rate.
class TrainingCompanions {
 public:
  // Starts the runs in `wanted`. Keeps those that exist already, unless `setup` or the problem
  // differ.
  void set(const std::vector<ComparedRun>& wanted, const TrainingProblemPtr& problem,
           const TrainingSetup& setup);
  bool behind(Index step) const;  // whether some run can be advanced to this step
  // Takes steps until no run is behind, `stop` is requested or about `milliseconds` have passed.
  void advance(Index step, const std::stop_token& stop, int milliseconds);
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
