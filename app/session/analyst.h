#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "app/session/training_problem.h"
#include "app/session/worker.h"
#include "engine/learning/quadratic_analysis.h"

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
  explicit Analyst(std::function<void()> wake) : worker_(analyse_one, std::move(wake)) {}

  // The problem has a loss.
  void submit(const TrainingProblemPtr& problem) {
    problem_ = problem;
    share_ = std::make_shared<std::atomic<double>>(0.0);
    worker_.submit({problem, share_});
  }
  void cancel() {
    problem_.reset();
    worker_.cancel();
  }
  // What was submitted last, until it is cancelled or taken; null for nothing.
  const TrainingProblemPtr& problem() const { return problem_; }
  // Of it that is done, 0 to 1.
  double share() const { return share_ ? share_->load() : 0.0; }
  // It, when it is analysed.
  std::optional<Analysed> take() {
    std::optional<Analysed> done = worker_.take();
    if (!done || done->problem != problem_) return std::nullopt;
    problem_.reset();
    return done;
  }

 private:
  struct Question {
    TrainingProblemPtr problem;
    std::shared_ptr<std::atomic<double>> share;  // its own: the one before may still be stopping
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

}  // namespace convscope
