#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "app/session/training_snapshot.h"

namespace convscope {

// The runs that learn beside a run, on its worker: the same problem and start, another optimizer or
// rate.
class TrainingCompanions {
 public:
  // Keeps those of `wanted` that are there already, unless `setup` or the problem is another.
  void set(const std::vector<ComparedRun>& wanted, const TrainingProblemPtr& problem,
           const TrainingSetup& setup);
  bool behind(Index step) const;  // one of them can be advanced to this step
  // Takes steps until none is behind, `stop` is requested or about `milliseconds` have passed.
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

}  // namespace convscope
