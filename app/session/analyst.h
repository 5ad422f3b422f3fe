#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "app/session/training_problem.h"
#include "app/session/worker.h"
#include "engine/quadratic_analysis.h"

namespace convscope {

// Computes the eigenvalues of large problems on a thread of its own, beside the steps of their
// runs. The newest problem wins. All members may be called from any thread, one at a time.
class Analyst {
 public:
  struct Analysed {
    TrainingProblemPtr problem;
    std::shared_ptr<const QuadraticAnalysis> spectrum;  // null where there is no memory for it
  };

  // `wake` is called from the thread when a problem is analysed.
  explicit Analyst(std::function<void()> wake)
      : worker_([this](const TrainingProblemPtr& problem,
                       const std::stop_token& stop) { return analyse_one(problem, stop); },
                std::move(wake)) {}

  // The problem has a loss.
  void submit(const TrainingProblemPtr& problem) {
    share_ = 0.0;
    problem_ = problem;
    worker_.submit(problem);
  }
  void cancel() {
    problem_.reset();
    worker_.cancel();
  }
  // What was submitted last, until it is cancelled or taken; null for nothing.
  const TrainingProblemPtr& problem() const { return problem_; }
  double share() const { return share_; }  // of it that is done, 0 to 1
  // It, when it is analysed.
  std::optional<Analysed> take() {
    std::optional<Analysed> done = worker_.take();
    if (!done || done->problem != problem_) return std::nullopt;
    problem_.reset();
    return done;
  }

 private:
  std::optional<Analysed> analyse_one(const TrainingProblemPtr& problem,
                                      const std::stop_token& stop) {
    const Progress tell = [this](double share) { share_ = share; };
    try {
      std::optional<QuadraticAnalysis> spectrum = analyse(*problem->loss, stop, tell);
      if (!spectrum) return std::nullopt;
      return Analysed{problem, std::make_shared<const QuadraticAnalysis>(std::move(*spectrum))};
    } catch (const std::bad_alloc&) {
      return Analysed{problem, nullptr};
    }
  }

  TrainingProblemPtr problem_;
  std::atomic<double> share_{0.0};
  Worker<TrainingProblemPtr, Analysed> worker_;  // last: its thread uses the rest
};

}  // namespace convscope
