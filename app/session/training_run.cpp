#include "app/session/training_run.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "engine/kernels.h"
#include "engine/learnable.h"
#include "engine/number_text.h"

namespace convscope {
namespace {

constexpr std::size_t kMostKeyframes = 512;
constexpr std::size_t kMostRates = 4096;

}  // namespace

TrainingSetup training_setup(const Scene& scene) {
  const LearningScene& learning = scene.learning;
  return {training_data(scene), learning.seed, learning.optimizer, learning.start,
          learning.start_bias};
}

TrainingAnalysis::TrainingAnalysis(std::shared_ptr<const QuadraticLoss> quadratic,
                                   QuadraticAnalysis analysed, const Parameters& start)
    : loss(std::move(quadratic)),
      spectrum(std::move(analysed)),
      learnable(learnable_text(*loss, spectrum)),
      prediction(*loss, spectrum, start) {}

std::unique_ptr<TrainingRun> TrainingRun::begin(const TrainingSetup& setup,
                                                const std::stop_token& stop,
                                                const Progress& progress) {
  TrainingProblemPtr problem = make_training_problem(setup.data, stop, progress);
  return problem ? std::make_unique<TrainingRun>(std::move(problem), setup) : nullptr;
}

TrainingRun::TrainingRun(TrainingProblemPtr problem, const TrainingSetup& setup)
    : data_(std::move(problem)), message_(data_->message) {
  const Shape& shape = setup.data.target.weight.shape();
  start_ = setup.start.shape() == shape ? setup.start : random_weight(shape, setup.seed);
  if (data_->loss == nullptr) return;
  Parameters start{start_, {}};
  if (setup.data.bias) {
    start.bias = setup.start_bias;
    start.bias.resize(setup.data.target.bias.size(), 0.0f);
  }
  learner_.emplace(data_->loss, std::move(start));
  optimizer_ = Optimizer(setup.optimizer);
  first_loss_ = learner_->loss();
  history_.add({0, first_loss_});
  keep_frame();
}

bool TrainingRun::analyse(const std::stop_token& stop, const Progress& progress) {
  if (!wants_analysis()) return true;
  std::optional<QuadraticAnalysis> spectrum = convscope::analyse(*data_->loss, stop, progress);
  if (!spectrum) return false;
  analysis_ = std::make_shared<const TrainingAnalysis>(data_->loss, *std::move(spectrum),
                                                       keyframes_.front()->parameters);
  return true;
}

void TrainingRun::adopt_analysis(const TrainingRun& other) {
  if (!wants_analysis() || !other.analysis_ || other.data_ != data_) return;
  analysis_ = std::make_shared<const TrainingAnalysis>(data_->loss, other.analysis_->spectrum,
                                                       keyframes_.front()->parameters);
}

// After a seek the old future is forgotten only with the next step, so that it can be looked at.
void TrainingRun::forget_future() {
  while (keyframes_.back()->step > step_)
    keyframes_.pop_back();
  history_.drop_after(step_);
  while (!rates_.empty() && rates_.back().step >= step_)
    rates_.pop_back();
}

void TrainingRun::step(float rate) {
  if (!can_step()) return;
  forget_future();
  keep_rate(rate);
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
  message_ = "Diverged at rate " + number_text(static_cast<double>(rate), 4) + " after step " +
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

// Of a rate that changes all the time the older half is forgotten.
void TrainingRun::keep_rate(float rate) {
  if (!rates_.empty() && rates_.back().rate == rate) return;
  if (rates_.size() >= kMostRates) rates_.erase(rates_.begin(), rates_.begin() + kMostRates / 2);
  rates_.push_back({step_, rate});
}

std::optional<float> TrainingRun::rate_after(Index step) const {
  const auto after = std::ranges::upper_bound(rates_, step, {}, &RateChange::step);
  if (after == rates_.begin()) return std::nullopt;
  return std::prev(after)->rate;
}

void TrainingRun::seek(Index step) {
  if (!learner_) return;
  step = std::clamp<Index>(step, 0, last_step());
  const auto after = std::ranges::upper_bound(keyframes_, step, {},
                                              [](const KeyframePtr& frame) { return frame->step; });
  const Keyframe& frame = after == keyframes_.begin() ? **after : **std::prev(after);
  learner_->restart(frame.parameters);
  optimizer_ = frame.optimizer;
  step_ = frame.step;
  diverged_ = false;
  message_.clear();
  while (step_ < step) {
    const std::optional<float> rate = rate_after(step_);
    if (!rate || convscope::step(*learner_, optimizer_, static_cast<double>(*rate)) !=
                     StepOutcome::kStepped) {
      return;
    }
    ++step_;
  }
}

Tensor TrainingRun::prediction() const {
  const Parameters full = expanded(learner_->parameters(), problem());
  return conv2d(problem().input, full.weight, full.bias, problem().options);
}

Tensor TrainingRun::error() const {
  Tensor error = prediction();
  std::ranges::transform(error.values(), problem().target.values(), error.values().begin(),
                         std::minus<>());
  return error;
}

std::optional<GradientCheck> TrainingRun::check(const std::stop_token& stop) const {
  constexpr Index kMostChecked = 32;
  return check_gradient(problem(), learner_->parameters(), learner_->gradients(), kMostChecked,
                        stop);
}

}  // namespace convscope
