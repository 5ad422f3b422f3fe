#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/session/keyframes.h"
#include "app/session/loss_history.h"
#include "app/session/training_problem.h"
#include "engine/learning/gradient_check.h"
#include "engine/learning/gram_learner.h"
#include "engine/learning/optimizer.h"
#include "engine/learning/quadratic_analysis.h"

namespace convscope {

// What a run depends on: a change of any of these starts over.
struct TrainingSetup {
  TrainingData data;
  std::uint64_t seed = 0;
  OptimizerKind optimizer = OptimizerKind::kSgd;
  Tensor start;                   // weights to start from; of another shape: random ones
  std::vector<float> start_bias;  // a learned bias starts here; too few values: at 0
  friend bool operator==(const TrainingSetup&, const TrainingSetup&) = default;
};

TrainingSetup training_setup(const Scene& scene);

// Why the run behaves as it does; of the problem, whatever the step.
struct TrainingAnalysis {
  TrainingAnalysis(std::shared_ptr<const QuadraticLoss> loss, QuadraticAnalysis spectrum,
                   const Parameters& start);
  std::shared_ptr<const QuadraticLoss> loss;
  QuadraticAnalysis spectrum;
  std::string learnable;            // a sentence where not everything can be learned; else empty
  std::vector<double> eigenvalues;  // of H, with their multiplicity, descending
  LossPrediction prediction;
};

// The length of the way from the parameters to the exact answer.
double distance_to_optimum(const TrainingAnalysis& analysis, const Parameters& parameters);

// One run of learning, on one thread. The loss is quadratic in the parameters: A and b are summed
// once, and then a step costs the same whatever the picture's size.
class TrainingRun {
 public:
  // Where there is nothing to learn, message() says why. The start is always kept, other keyframes
  // as far as they stay within `keyframe_bytes`.
  TrainingRun(TrainingProblemPtr problem, const TrainingSetup& setup,
              std::size_t keyframe_bytes = kKeyframeBytes);
  // Makes the problem too: null if `stop` was requested.
  static std::unique_ptr<TrainingRun> begin(const TrainingSetup& setup, const std::stop_token& stop,
                                            const Progress& progress = {});

  // One step; nothing happens once the run has diverged (a start whose gradient is beyond float32
  // has) or where there is nothing to learn.
  void step(float rate);
  // Goes to a step that was taken before: to the last keyframe at or before it (or from where it
  // is, where that is nearer), and from there by the same steps again. The next step() goes on from
  // there, to the bit as it did, and forgets what came after. Where `stop` is requested the run
  // stays at the step that it has come to.
  void seek(Index step, const std::stop_token& stop = {}, const Progress& progress = {});
  // Takes half a second for 31 x 31; the rest is there without it. False if `stop` was requested.
  bool analyse(const std::stop_token& stop = {}, const Progress& progress = {});
  bool wants_analysis() const { return now_.has_value() && analysis_ == nullptr; }
  // Takes over the analysis of the same problem that was made elsewhere.
  void adopt_analysis(const QuadraticAnalysis& spectrum);
  // Whether steps were taken before the exact answer was known. fill_distances() takes them again,
  // beside the run, for their distances; a part of them if `stop` was requested.
  bool wants_distances() const { return distances_due_; }
  void fill_distances(const std::stop_token& stop = {});

  bool can_step() const { return now_.has_value() && !diverged_; }
  bool diverged() const { return diverged_; }
  const std::string& message() const { return message_; }
  Index step_count() const { return now_ ? now_->step : 0; }
  Index last_step() const { return history_.points().empty() ? 0 : history_.points().back().step; }
  double loss() const { return now_ ? now_->learner.loss() : 0.0; }
  double first_loss() const { return first_loss_; }
  double distance() const;  // as in LossPoint
  const Tensor& start() const { return start_; }
  // The parameters now and their gradient; nothing where there is nothing to learn.
  const GramLearner* learner() const { return now_ ? &now_->learner : nullptr; }
  const Optimizer& optimizer() const { return now_->optimizer; }  // where there is a learner
  const TensorPtr& target() const { return data_->target; }
  const TrainingProblemPtr& data() const { return data_; }
  const LearningProblem& problem() const { return *data_->problem; }
  Tensor prediction() const;
  Tensor error() const { return error_of(prediction()); }
  Tensor error_of(Tensor prediction) const;  // minus the target
  // Compares the gradient with central differences; empty if `stop` was requested.
  std::optional<GradientCheck> check(const std::stop_token& stop) const;
  const std::vector<LossPoint>& history() const { return history_.points(); }
  const std::vector<KeyframePtr>& keyframes() const { return keyframes_.all(); }
  const std::shared_ptr<const TrainingAnalysis>& analysis() const { return analysis_; }

 private:
  struct RateChange {
    Index step = 0;  // the first that was taken at this rate
    float rate = 0.0f;
  };
  struct State {
    GramLearner learner;
    Optimizer optimizer;
    Index step = 0;
  };
  void forget_future();
  void keep_frame();
  // Takes steps again, up to `step`. False where `stop` was requested, or a rate was forgotten.
  bool replay(State& state, Index step, const std::stop_token& stop,
              const Progress& progress = {}) const;
  void keep_rate(float rate);
  // The rate of the step after `step` steps; empty where it was forgotten.
  std::optional<float> rate_after(Index step) const;
  std::string bound_text() const;
  void tell_overflow();

  TrainingProblemPtr data_;
  Tensor start_;
  std::optional<State> now_;
  LossHistory history_;
  Keyframes keyframes_;
  std::vector<RateChange> rates_;  // ascending
  double first_loss_ = 0.0;
  bool diverged_ = false;
  std::string message_;
  std::shared_ptr<const TrainingAnalysis> analysis_;
  bool distances_due_ = false;
};

}  // namespace convscope
