#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/scene/scene.h"
#include "app/session/loss_history.h"
#include "engine/gradient_check.h"
#include "engine/gram_learner.h"
#include "engine/optimizer.h"
#include "engine/quadratic_analysis.h"

namespace convscope {

// What a run depends on: a change of any of these starts over.
struct TrainingSetup {
  TensorPtr input;
  KernelScene target;  // its weight and bias make the target; what is learned has its shape
  ConvScene conv;
  std::uint64_t seed = 0;
  LossReduction reduction = LossReduction::kSum;
  OptimizerKind optimizer = OptimizerKind::kSgd;
  bool bias = false;
  double noise = 0.0;             // standard deviation of what is added to the target
  Tensor start;                   // weights to start from; of another shape: random ones
  std::vector<float> start_bias;  // a learned bias starts here; too few values: at 0
  friend bool operator==(const TrainingSetup&, const TrainingSetup&) = default;
};

TrainingSetup training_setup(const Scene& scene);

// Why the run behaves as it does; of the problem, whatever the step.
struct TrainingAnalysis {
  TrainingAnalysis(std::shared_ptr<const QuadraticLoss> loss, const Parameters& start);
  std::shared_ptr<const QuadraticLoss> loss;
  QuadraticAnalysis spectrum;
  std::string learnable;  // a sentence where not everything can be learned; else empty
  LossPrediction prediction;
};

// A state to go back to.
struct Keyframe {
  Index step = 0;
  double loss = 0.0;
  Parameters parameters;
  Optimizer optimizer;
};
using KeyframePtr = std::shared_ptr<const Keyframe>;

// One run of learning, on one thread. The loss is quadratic in the parameters: A and b are summed
// once, and then a step costs the same whatever the picture's size.
class TrainingRun {
 public:
  // Empty if `stop` was requested. Where there is nothing to learn, message() says why. `progress`
  // gets the share that is done, from 0 to 1.
  static std::unique_ptr<TrainingRun> begin(const TrainingSetup& setup, const std::stop_token& stop,
                                            const Progress& progress = {});

  // One step; nothing happens once the run has diverged or where there is nothing to learn.
  void step(float rate);
  // Goes to the last keyframe at or before `step`. The next step() goes on from there, to the bit
  // as it did, and forgets what came after.
  void seek(Index step);
  // Takes a second or two for 31 x 31; the rest is there without it.
  void analyse();
  bool wants_analysis() const { return learner_.has_value() && analysis_ == nullptr; }

  bool can_step() const { return learner_.has_value() && !diverged_; }
  bool diverged() const { return diverged_; }
  const std::string& message() const { return message_; }
  Index step_count() const { return step_; }
  double loss() const { return learner_ ? learner_->loss() : 0.0; }
  const Tensor& start() const { return start_; }
  // The parameters now and their gradient; nothing where there is nothing to learn.
  const GramLearner* learner() const { return learner_ ? &*learner_ : nullptr; }
  const TensorPtr& target() const { return target_; }
  const LearningProblem& problem() const { return *problem_; }
  std::shared_ptr<const LearningProblem> shared_problem() const { return problem_; }
  Tensor error() const;  // prediction minus target
  // Compares the gradient with central differences; empty if `stop` was requested.
  std::optional<GradientCheck> check(const std::stop_token& stop) const;
  const std::vector<LossPoint>& history() const { return history_.points(); }
  const std::vector<KeyframePtr>& keyframes() const { return keyframes_; }
  const std::shared_ptr<const TrainingAnalysis>& analysis() const { return analysis_; }

 private:
  TrainingRun() = default;
  void keep_frame();
  std::string bound_text() const;

  std::shared_ptr<const LearningProblem> problem_;
  TensorPtr target_;  // the problem's
  Tensor start_;
  std::optional<GramLearner> learner_;
  Optimizer optimizer_;
  Index step_ = 0;
  LossHistory history_;
  std::vector<KeyframePtr> keyframes_;
  Index keyframe_every_ = 1;
  double first_loss_ = 0.0;
  bool diverged_ = false;
  std::string message_;
  std::shared_ptr<const TrainingAnalysis> analysis_;
};

}  // namespace convscope
