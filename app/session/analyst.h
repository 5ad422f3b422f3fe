#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "app/session/names.h"
#include "app/session/training_problem.h"
#include "app/session/worker.h"
#include "engine/learning/quadratic_analysis.h"

namespace convscope::session {

// Computes the eigenvalues of large problems on a thread of its own, beside the steps of their
// runs. A new problem replaces the previous one. All members may be called from any thread, one at
// a time.
class Analyst {
 public:
  struct Analysed {
    TrainingProblemPtr problem;
    std::shared_ptr<const QuadraticAnalysis> spectrum;  // null if there was not enough memory
  };

  // `wake` is called from the worker thread when an analysis is finished.
  explicit Analyst(std::function<void()> wake) : worker_(analyse_one, std::move(wake)) {}

  // Starts to analyse `problem`, which must have a loss.
  void submit(const TrainingProblemPtr& problem) {
    problem_ = problem;
    share_ = std::make_shared<std::atomic<double>>(0.0);
    worker_.submit({problem, share_});
  }
  // Stops the analysis and drops its result.
  void cancel() {
    problem_.reset();
    worker_.cancel();
  }
  // Returns the problem whose analysis is under way or finished but not taken; null if none is.
  const TrainingProblemPtr& problem() const { return problem_; }
  // Returns the progress of the analysis, 0 to 1.
  double share() const { return share_ ? share_->load() : 0.0; }
  // Returns the finished analysis once; nullopt before and afterwards.
  std::optional<Analysed> take() {
    std::optional<Analysed> done = worker_.take();
    if (!done || done->problem != problem_) return std::nullopt;
    problem_.reset();
    return done;
  }

 private:
  struct Question {
    TrainingProblemPtr problem;
    // Not shared with the previous question, which may still be stopping.
    std::shared_ptr<std::atomic<double>> share;
  };

  static std::optional<Analysed> analyse_one(const Question& question,
                                             const std::stop_token& stop) {
    const Progress tell = [&](double share) { *question.share = share; };
    try {
      std::optional<QuadraticAnalysis> spectrum = analyse(*question.problem->loss, stop, tell);
      if (!spectrum) return std::nullopt;
      return Analysed{question.problem,
                      std::make_shared<const QuadraticAnalysis>(std::move(*spectrum))};
    } catch (const std::bad_alloc&) {
      return Analysed{question.problem, nullptr};
    }
  }

  TrainingProblemPtr problem_;
  std::shared_ptr<std::atomic<double>> share_;
  Worker<Question, Analysed> worker_;
};

}  // namespace convscope::session
