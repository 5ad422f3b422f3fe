#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/session/keyframes.h"
#include "app/session/least_loss.h"
#include "app/session/loss_history.h"
#include "app/session/names.h"
#include "app/session/training_problem.h"
#include "engine/learning/gradient_check.h"
#include "engine/learning/gram_learner.h"
#include "engine/learning/optimizer.h"
#include "engine/learning/quadratic_analysis.h"

namespace convscope::session {

// Everything that a run depends on. When any of it changes, another run begins.
struct TrainingSetup {
  TrainingData data;
  std::uint64_t seed = 0;
  OptimizerOptions optimizer;
  Tensor start;                   // initial weights; random ones if the shape differs
  std::vector<float> start_bias;  // initial values of a learned bias; 0 if there are too few
  friend bool operator==(const TrainingSetup&, const TrainingSetup&) = default;
};

// Returns the setup that a scene asks for.
TrainingSetup training_setup(const Scene& scene);

// Explains why a run behaves as it does. It belongs to the problem, not to a step.
struct TrainingAnalysis {
  TrainingAnalysis(std::shared_ptr<const QuadraticLoss> loss, QuadraticAnalysis spectrum,
                   const Parameters& start);
  std::shared_ptr<const QuadraticLoss> loss;
  QuadraticAnalysis spectrum;
  std::string learnable;            // one sentence if not everything can be learned; else empty
  std::vector<double> eigenvalues;  // of H, with their multiplicity, descending
  LossPrediction prediction;
  LeastLoss least;
  std::vector<double> start_along;  // the error of the start along each eigenvector
};

// Returns the distance from the parameters to the exact solution.
double distance_to_optimum(const TrainingAnalysis& analysis, const Parameters& parameters);

// The rate that a run has taken its steps at from one of them on.
struct RateChange {
  Index step = 0;  // the first step taken at this rate
  float rate = 0.0f;
};

// One training run, on one thread. The loss is quadratic in the parameters, so A and b are summed
// once, and then a step costs the same whatever the size of the picture.
class TrainingRun {
 public:
  // Begins a run at its start. If there is nothing to learn, message() says why. The start is
  // always kept, and other keyframes as long as they fit into `keyframe_bytes`.
  TrainingRun(TrainingProblemPtr problem, const TrainingSetup& setup,
              std::size_t keyframe_bytes = kKeyframeBytes);
  // Makes the problem and returns its run; null if `stop` was requested.
  static std::unique_ptr<TrainingRun> begin(const TrainingSetup& setup, const std::stop_token& stop,
                                            const Progress& progress = {});

  // Takes one step. Does nothing once the run has diverged (a start whose gradient exceeds float32
  // counts as diverged), or if there is nothing to learn.
  void step(float rate);
  // Returns to a step that was taken before. Starts from the last keyframe at or before it, or from
  // the current step if that is nearer, and takes the same steps again, with the same bits. The
  // next step() continues from there and forgets the later steps. If `stop` is requested, the run
  // stays at the step that it has reached.
  void seek(Index step, const std::stop_token& stop = {}, const Progress& progress = {});
  // Computes the analysis, which takes half a second for 31 x 31; everything else works without it.
  // Returns false if `stop` was requested.
  bool analyse(const std::stop_token& stop = {}, const Progress& progress = {});
  // Returns whether the run has no analysis yet but can have one.
  bool wants_analysis() const { return now_.has_value() && analysis_ == nullptr; }
  // Takes over an analysis of the same problem that was made elsewhere.
  void adopt_analysis(const QuadraticAnalysis& spectrum);
  // Returns whether steps were taken before the exact solution was known.
  bool wants_distances() const { return distances_due_; }
  // Repeats these steps on a copy of the run's state to compute their distances to the solution;
  // only some of them if `stop` was requested.
  void fill_distances(const std::stop_token& stop = {});

  // Returns whether step() does something.
  bool can_step() const { return now_.has_value() && !diverged_; }
  bool diverged() const { return diverged_; }
  // Returns one sentence why the run diverged or there is nothing to learn; else empty.
  const std::string& message() const { return message_; }
  Index step_count() const { return now_ ? now_->step : 0; }
  Index last_step() const { return history_.points().empty() ? 0 : history_.points().back().step; }
  double loss() const { return now_ ? now_->learner.loss() : 0.0; }
  double first_loss() const { return first_loss_; }
  // Returns the distance to the exact solution, as in LossPoint.
  double distance() const;
  // Returns the loss from which on nothing is left to learn; nullopt where that is not known.
  std::optional<double> resting_loss() const;
  const Tensor& start() const { return start_; }
  // Returns the current parameters and their gradient; null if there is nothing to learn.
  const GramLearner* learner() const { return now_ ? &now_->learner : nullptr; }
  // Returns the optimizer; only valid if there is a learner.
  const Optimizer& optimizer() const { return now_->optimizer; }
  const TensorPtr& target() const { return data_->target; }
  const TrainingProblemPtr& data() const { return data_; }
  const LearningProblem& problem() const { return *data_->problem; }
  // Returns conv2d with the current parameters, [N, C_out, H', W'].
  Tensor prediction() const;
  // Returns the prediction minus the target.
  Tensor error() const { return error_of(prediction()); }
  // Returns `prediction` minus the target, of the same shape.
  Tensor error_of(Tensor prediction) const;
  // Compares the gradient with central differences; nullopt if `stop` was requested.
  std::optional<GradientCheck> check(const std::stop_token& stop) const;
  const std::vector<LossPoint>& history() const { return history_.points(); }
  const std::vector<KeyframePtr>& keyframes() const { return keyframes_.all(); }
  // Returns the rates of the steps, ascending by step; the first ones are forgotten after very many
  // changes. A later step than the current one may have one, too.
  const std::vector<RateChange>& rates() const { return rates_; }
  const std::shared_ptr<const TrainingAnalysis>& analysis() const { return analysis_; }

 private:
  struct State {
    GramLearner learner;
    Optimizer optimizer;
    Index step = 0;
  };
  void forget_future();
  void keep_frame();
  // Repeats steps up to `step`. Returns false if `stop` was requested or a rate was forgotten.
  bool replay(State& state, Index step, const std::stop_token& stop,
              const Progress& progress = {}) const;
  void keep_rate(float rate);
  // Returns the rate of the step after `step` steps; nullopt if it was forgotten.
  std::optional<float> rate_after(Index step) const;
  void tell_overflow();

  TrainingProblemPtr data_;
  Tensor start_;
  std::optional<State> now_;
  LossHistory history_;
  Keyframes keyframes_;
  std::vector<RateChange> rates_;  // ascending by step
  double first_loss_ = 0.0;
  bool diverged_ = false;
  std::string message_;
  std::shared_ptr<const TrainingAnalysis> analysis_;
  bool distances_due_ = false;
};

}  // namespace convscope::session
