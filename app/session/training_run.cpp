#include "app/session/training_run.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/session/conclusion.h"
#include "engine/kernel_info/kernels.h"
#include "engine/learning/learnable.h"

namespace convscope::session {
namespace {

constexpr std::size_t kMaxRates = 4096;

}  // namespace

TrainingSetup training_setup(const Scene& scene) {
  const LearningScene& learning = scene.learning;
  return {training_data(scene), learning.seed,
          optimizer_options(learning.optimizer, learning.tuning), learning.start,
          learning.start_bias};
}

TrainingAnalysis::TrainingAnalysis(std::shared_ptr<const QuadraticLoss> quadratic,
                                   QuadraticAnalysis analysed, const Parameters& start)
    : loss(std::move(quadratic)),
      spectrum(std::move(analysed)),
      learnable(learnable_text(*loss, spectrum)),
      eigenvalues(spectrum.eigenvalues()),
      prediction(*loss, spectrum, start),
      least(least_loss(*loss, spectrum, start)),
      start_along(errors_along(*loss, spectrum, start)) {}

double distance_to_optimum(const TrainingAnalysis& analysis, const Parameters& parameters) {
  const std::vector<double> now = analysis.loss->flattened(parameters);
  double sum = 0.0;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const double d = now[i] - analysis.spectrum.optimum[i];
    sum += d * d;
  }
  return std::sqrt(sum);
}

std::unique_ptr<TrainingRun> TrainingRun::begin(const TrainingSetup& setup,
                                                const std::stop_token& stop,
                                                const Progress& progress) {
  TrainingProblemPtr problem = make_training_problem(setup.data, stop, progress);
  return problem ? std::make_unique<TrainingRun>(std::move(problem), setup) : nullptr;
}

TrainingRun::TrainingRun(TrainingProblemPtr problem, const TrainingSetup& setup,
                         std::size_t keyframe_bytes)
    : data_(std::move(problem)), keyframes_(keyframe_bytes), message_(data_->message) {
  const Shape& shape = setup.data.target.weight.shape();
  start_ = setup.start.shape() == shape ? setup.start : random_weight(shape, setup.seed);
  if (data_->loss == nullptr) return;
  Parameters start{start_, {}};
  if (setup.data.bias) {
    start.bias = setup.start_bias;
    start.bias.resize(setup.data.target.bias.size(), 0.0f);
  }
  now_.emplace(State{GramLearner(data_->loss, std::move(start)), Optimizer(setup.optimizer)});
  tell_overflow();
  first_loss_ = loss();
  history_.add({0, first_loss_});
  keep_frame();
}

// Marks the run as diverged if its parameters have a loss or gradient beyond float32, because no
// step is possible from there.
void TrainingRun::tell_overflow() {
  if (!now_->learner.overflows()) return;
  diverged_ = true;
  message_ =
      "The loss or its gradient is too large to show: it is beyond 3.4·10³⁸, float32's largest "
      "number. Make the input, the target or the weights smaller.";
}

bool TrainingRun::analyse(const std::stop_token& stop, const Progress& progress) {
  if (!wants_analysis()) return true;
  const std::optional<QuadraticAnalysis> spectrum = engine::analyse(*data_->loss, stop, progress);
  if (spectrum) adopt_analysis(*spectrum);
  return spectrum.has_value();
}

void TrainingRun::adopt_analysis(const QuadraticAnalysis& spectrum) {
  if (!wants_analysis()) return;
  analysis_ = std::make_shared<const TrainingAnalysis>(data_->loss, spectrum,
                                                       keyframes_.all().front()->parameters);
  distances_due_ = true;
  if (last_step() == 0) fill_distances();
}

double TrainingRun::distance() const {
  if (!analysis_) return LossPoint{}.distance;
  return distance_to_optimum(*analysis_, now_->learner.parameters());
}

std::optional<double> TrainingRun::resting_loss() const {
  return analysis_ ? std::optional(analysis_->least.resting()) : std::nullopt;
}

void TrainingRun::fill_distances(const std::stop_token& stop) {
  if (!distances_due_) return;
  std::optional<State> state;
  const std::vector<LossPoint>& points = history_.points();
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!std::isnan(points[i].distance)) continue;
    const Keyframe& frame = keyframes_.before(points[i].step);
    if (!state || state->step < frame.step) {
      if (!state) state = now_;
      state->learner.restart(frame.parameters);
      state->optimizer = frame.optimizer;
      state->step = frame.step;
    }
    if (!replay(*state, points[i].step, stop)) {
      if (stop.stop_requested()) return;
      continue;  // this rate was forgotten, as are those up to the next keyframe or kept rate
    }
    history_.set_distance(i, distance_to_optimum(*analysis_, state->learner.parameters()));
  }
  distances_due_ = false;
}

// Forgets the steps after the current one. After a seek this happens only with the next step, so
// that the user can look at the later steps until then.
void TrainingRun::forget_future() {
  keyframes_.drop_after(now_->step);
  history_.drop_after(now_->step);
  while (!rates_.empty() && rates_.back().step >= now_->step)
    rates_.pop_back();
}

void TrainingRun::step(float rate) {
  if (!can_step()) return;
  forget_future();
  keep_rate(rate);
  // A loss that has grown by a factor of 1e12 will not recover.
  const double bound = 1e12 * std::max(1.0, first_loss_);
  const StepOutcome outcome =
      engine::step(now_->learner, now_->optimizer, static_cast<double>(rate));
  if (outcome == StepOutcome::kStepped) {
    ++now_->step;
    history_.add({now_->step, loss(), distance()});
    keep_frame();
    if (loss() <= bound) return;
  }
  diverged_ = true;
  message_ = divergence_text(*this, rate);
}

void TrainingRun::keep_frame() {
  if (!keyframes_.wants(now_->step)) return;
  keyframes_.keep({now_->step, loss(), now_->learner.parameters(), now_->optimizer});
}

// Remembers the rate of the next step, for replays. If the rate changes all the time, the older
// half of the changes is forgotten.
void TrainingRun::keep_rate(float rate) {
  if (!rates_.empty() && rates_.back().rate == rate) return;
  if (rates_.size() >= kMaxRates) rates_.erase(rates_.begin(), rates_.begin() + kMaxRates / 2);
  rates_.push_back({now_->step, rate});
}

std::optional<float> TrainingRun::rate_after(Index step) const {
  const auto after = std::ranges::upper_bound(rates_, step, {}, &RateChange::step);
  if (after == rates_.begin()) return std::nullopt;
  return std::prev(after)->rate;
}

bool TrainingRun::replay(State& state, Index step, const std::stop_token& stop,
                         const Progress& progress) const {
  const Index first = state.step;
  while (state.step < step) {
    const std::optional<float> rate = rate_after(state.step);
    if (!rate || stop.stop_requested() ||
        engine::step(state.learner, state.optimizer, static_cast<double>(*rate)) !=
            StepOutcome::kStepped) {
      return false;
    }
    ++state.step;
    if (progress)
      progress(static_cast<double>(state.step - first) / static_cast<double>(step - first));
  }
  return true;
}

void TrainingRun::seek(Index step, const std::stop_token& stop, const Progress& progress) {
  if (!now_) return;
  step = std::clamp<Index>(step, 0, last_step());
  const Keyframe& frame = keyframes_.before(step);
  if (now_->step < frame.step || now_->step > step) {
    now_->learner.restart(frame.parameters);
    now_->optimizer = frame.optimizer;
    now_->step = frame.step;
  }
  diverged_ = false;
  message_.clear();
  tell_overflow();
  replay(*now_, step, stop, progress);
}

Tensor TrainingRun::prediction() const {
  const Parameters full = expanded(now_->learner.parameters(), problem());
  return conv2d(problem().input, full.weight, full.bias, problem().options);
}

Tensor TrainingRun::error_of(Tensor prediction) const {
  (void)subtract_target(prediction, problem().target, problem().reduction);
  return prediction;
}

std::optional<GradientCheck> TrainingRun::check(const std::stop_token& stop) const {
  // Fewer parameters of a large layer are checked, because each takes two convolutions and a pass
  // over their outputs.
  constexpr Index kMaxChecked = 32;
  constexpr Index kMinChecked = 4;
  constexpr Index kProducts = Index{1} << 32;
  constexpr Index kPass = 16;  // a pass takes as long as this many products
  const Parameters& parameters = now_->learner.parameters();
  const Shape& s = parameters.weight.shape();
  const Index affordable = kProducts / problem().target.numel() / (s.c * s.h * s.w + kPass);
  return check_gradient(problem(), parameters, now_->learner.gradients(),
                        std::clamp(affordable, kMinChecked, kMaxChecked), stop);
}

}  // namespace convscope::session
