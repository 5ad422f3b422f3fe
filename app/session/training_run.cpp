#include "app/session/training_run.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <new>
#include <numbers>

#include "engine/error.h"
#include "engine/kernels.h"
#include "engine/learnable.h"
#include "engine/number_text.h"
#include "engine/random.h"

namespace convscope {
namespace {

constexpr std::size_t kMostKeyframes = 512;

bool all_finite(const Tensor& tensor) {
  return std::ranges::all_of(tensor.values(), [](float v) { return std::isfinite(v); });
}

// Adds normal noise of this standard deviation, the same for the same seed (Box and Muller).
void add_noise(Tensor& tensor, double deviation, std::uint64_t seed) {
  Random random(seed ^ 0x6e6f697365ull);
  for (float& value : tensor.values()) {
    const double u = 1.0 - static_cast<double>(random.uniform(0.0f, 1.0f));  // above 0
    const auto v = static_cast<double>(random.uniform(0.0f, 1.0f));
    const double normal = std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * v);
    value += static_cast<float>(deviation * normal);
  }
}

}  // namespace

TrainingSetup training_setup(const Scene& scene) {
  const LearningScene& learning = scene.learning;
  KernelScene target;
  target.layer = scene.kernel.layer;
  target.weight = scene.kernel.weight;
  target.bias = scene.kernel.bias;
  if (learning.target == LearningTarget::kHiddenKernel) {
    target.weight = learning.hidden;
    std::ranges::fill(target.bias, 0.0f);
  }
  return {
      scene.input.tensor, std::move(target),  scene.conv,    learning.seed,
      learning.reduction, learning.optimizer, learning.bias, static_cast<double>(learning.noise),
      learning.start,     learning.start_bias};
}

TrainingAnalysis::TrainingAnalysis(std::shared_ptr<const QuadraticLoss> quadratic,
                                   const Parameters& start)
    : loss(std::move(quadratic)),
      spectrum(convscope::analyse(*loss)),
      learnable(learnable_text(*loss, spectrum)),
      prediction(*loss, spectrum, start) {}

std::unique_ptr<TrainingRun> TrainingRun::begin(const TrainingSetup& setup,
                                                const std::stop_token& stop,
                                                const Progress& progress) {
  std::unique_ptr<TrainingRun> run(new TrainingRun);
  const Shape& shape = setup.target.weight.shape();
  run->start_ = setup.start.shape() == shape ? setup.start : random_weight(shape, setup.seed);
  const auto shared = std::make_shared<LearningProblem>();
  run->problem_ = shared;
  LearningProblem& problem = *shared;
  try {
    const LayerArguments target = layer_arguments(setup.target, setup.conv, setup.input->shape().c);
    problem.options = target.options;
    problem.reduction = setup.reduction == LossReduction::kSum ? Reduction::kSum : Reduction::kMean;
    problem.input = *setup.input;
    if (!conv2d_into(problem.input, target.weight, target.bias, problem.options, problem.target,
                     stop)) {
      return nullptr;
    }
    if (setup.noise > 0.0) add_noise(problem.target, setup.noise, setup.seed);
    if (!all_finite(problem.input) || !all_finite(problem.target)) {
      throw Error("the input or the target has a value that is not a finite number");
    }
    run->target_ = TensorPtr(shared, &shared->target);
    std::optional<QuadraticLoss> loss =
        QuadraticLoss::build(problem, shape, setup.bias, stop, progress);
    if (!loss) return nullptr;
    Parameters start{run->start_, {}};
    if (setup.bias) {
      start.bias = setup.start_bias;
      start.bias.resize(setup.target.bias.size(), 0.0f);
    }
    run->learner_.emplace(std::make_shared<const QuadraticLoss>(std::move(*loss)),
                          std::move(start));
    run->optimizer_ = Optimizer(setup.optimizer);
    run->first_loss_ = run->learner_->loss();
    run->history_.add({0, run->first_loss_});
    run->keep_frame();
  } catch (const Error& error) {
    run->learner_.reset();
    run->message_ = std::string("There is nothing to learn here: ") + error.what() + ".";
  } catch (const std::bad_alloc&) {
    run->learner_.reset();
    run->message_ = "There is not enough memory to learn on this input; take a smaller picture.";
  }
  return run;
}

void TrainingRun::analyse() {
  if (!wants_analysis()) return;
  const auto loss = std::make_shared<const QuadraticLoss>(learner_->quadratic());
  analysis_ = std::make_shared<const TrainingAnalysis>(loss, keyframes_.front()->parameters);
}

void TrainingRun::step(float rate) {
  if (!can_step()) return;
  // After a seek the old future is forgotten only now, so that it could be looked at.
  while (keyframes_.back()->step > step_)
    keyframes_.pop_back();
  history_.drop_after(step_);
  // A loss that has grown a million million times will not come back.
  const double bound = 1e12 * std::max(1.0, first_loss_);
  const StepOutcome outcome = convscope::step(*learner_, optimizer_, static_cast<double>(rate));
  if (outcome == StepOutcome::kStepped) {
    ++step_;
    history_.add({step_, learner_->loss()});
    keep_frame();
    if (learner_->loss() <= bound) return;
  }
  diverged_ = true;
  message_ = "The loss grew without bound at learning rate " +
             number_text(static_cast<double>(rate)) + ", so the run stopped after step " +
             std::to_string(step_) + ". Choose a " + bound_text() + " and press Reset.";
}

// Plain gradient descent has a known cliff; the other rules depend on the way.
std::string TrainingRun::bound_text() const {
  const bool plain = optimizer_.options().kind == OptimizerKind::kSgd;
  if (!plain || !analysis_ || analysis_->spectrum.largest <= 0.0) return "smaller rate";
  return "rate below " + number_text(analysis_->spectrum.stable_rate, 3);
}

void TrainingRun::keep_frame() {
  if (step_ % keyframe_every_ != 0) return;
  keyframes_.push_back(std::make_shared<const Keyframe>(
      Keyframe{step_, learner_->loss(), learner_->parameters(), optimizer_}));
  if (keyframes_.size() <= kMostKeyframes) return;
  keyframe_every_ *= 2;
  std::erase_if(keyframes_,
                [&](const KeyframePtr& frame) { return frame->step % keyframe_every_ != 0; });
}

void TrainingRun::seek(Index step) {
  if (!learner_) return;
  const auto after = std::ranges::upper_bound(keyframes_, step, {},
                                              [](const KeyframePtr& frame) { return frame->step; });
  const Keyframe& frame = after == keyframes_.begin() ? **after : **std::prev(after);
  learner_->restart(frame.parameters);
  optimizer_ = frame.optimizer;
  step_ = frame.step;
  diverged_ = false;
  message_.clear();
}

Tensor TrainingRun::error() const {
  const Parameters full = expanded(learner_->parameters(), *problem_);
  Tensor error = conv2d(problem_->input, full.weight, full.bias, problem_->options);
  const std::span<const float> target = problem_->target.values();
  std::ranges::transform(error.values(), target, error.values().begin(), std::minus<>());
  return error;
}

std::optional<GradientCheck> TrainingRun::check(const std::stop_token& stop) const {
  constexpr Index kMostChecked = 32;
  return check_gradient(*problem_, learner_->parameters(), learner_->gradients(), kMostChecked,
                        stop);
}

}  // namespace convscope
