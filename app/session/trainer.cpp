#include "app/session/trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <new>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include "app/session/loss_history.h"
#include "engine/error.h"
#include "engine/kernels.h"
#include "engine/learning.h"
#include "engine/number_text.h"

namespace convscope {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kFrame =
    std::chrono::milliseconds(16);  // between two batches of steps while running

// What a run depends on: a change of any of these starts over.
struct Setup {
  TensorPtr input;
  Tensor target_kernel;
  float target_bias = 0.0f;
  ConvScene conv;
  std::uint64_t seed = 0;
  Tensor start;
  LossReduction reduction = LossReduction::kSum;

  friend bool operator==(const Setup&, const Setup&) = default;
};

Setup setup_of(const Scene& scene) {
  const bool hidden = scene.learning.target == LearningTarget::kHiddenKernel;
  return {scene.input.tensor,
          hidden ? scene.learning.hidden : scene.kernel.weight,
          hidden ? 0.0f : scene.kernel.bias,
          scene.conv,
          scene.learning.seed,
          scene.learning.start,
          scene.learning.reduction};
}

// A run that has begun: only the worker touches it.
struct Run {
  LearningProblem problem;
  TensorPtr target;
  Tensor start;
  std::optional<KernelLearner> learner;
  Index step = 0;
  LossHistory history;
  bool diverged = false;
  std::string message;
};

bool has_no_number(const LearningProblem& problem) {
  const auto finite = [](float value) { return std::isfinite(value); };
  return !std::ranges::all_of(problem.input.values(), finite) ||
         !std::ranges::all_of(problem.target.values(), finite);
}

std::unique_ptr<Run> begin_run(const Setup& setup, const std::stop_token& stop) {
  auto run = std::make_unique<Run>();
  const Shape& kernel = setup.target_kernel.shape();
  const Index channels = setup.input->shape().c;
  const Shape shape{1, 1, kernel.h, kernel.w};
  run->start = setup.start.shape() == shape ? setup.start : random_weight(shape, setup.seed);
  try {
    run->problem.options = conv_options(setup.conv, {kernel.h, kernel.w}, channels);
    run->problem.reduction =
        setup.reduction == LossReduction::kSum ? Reduction::kSum : Reduction::kMean;
    run->problem.input = *setup.input;
    const std::vector<float> bias(static_cast<std::size_t>(channels), setup.target_bias);
    if (!conv2d_into(run->problem.input, per_channel_weight(setup.target_kernel, channels), bias,
                     run->problem.options, run->problem.target, stop)) {
      return nullptr;
    }
    run->target = std::make_shared<const Tensor>(run->problem.target);
    run->learner.emplace(run->problem, run->start, stop);
    if (stop.stop_requested()) return nullptr;
    if (!std::isfinite(run->learner->loss()) || has_no_number(run->problem)) {
      run->learner.reset();
      run->message =
          "There is nothing to learn here: the input or the target has a value that is not a "
          "finite number.";
      return run;
    }
    run->history.add({0, run->learner->loss()});
  } catch (const Error& error) {
    run->learner.reset();
    run->message = std::string("There is nothing to learn here: ") + error.what() + ".";
  } catch (const std::bad_alloc&) {
    run->learner.reset();
    run->message = "There is not enough memory to learn on this input; take a smaller picture.";
  }
  return run;
}

TrainingSnapshotPtr snapshot_of(const Run& run, TrainingState state) {
  auto snapshot = std::make_shared<TrainingSnapshot>();
  snapshot->state = run.diverged ? TrainingState::kDiverged : state;
  snapshot->step = run.step;
  snapshot->start = run.start;
  snapshot->target = run.target;
  snapshot->message = run.message;
  snapshot->history = run.history.points();
  if (run.learner.has_value()) {
    snapshot->loss = run.learner->loss();
    snapshot->weight = run.learner->weight();
    snapshot->gradient = run.learner->gradient();
    snapshot->error = std::make_shared<const Tensor>(run.learner->error());
  }
  return snapshot;
}

}  // namespace

class Trainer::Impl {
 public:
  explicit Impl(std::function<void()> wake)
      : wake_(std::move(wake)), worker_([this](const std::stop_token& quit) { work(quit); }) {}

  ~Impl() {
    {
      const std::scoped_lock lock(mutex_);
      worker_.request_stop();
      current_.request_stop();
    }
    changed_.notify_all();
  }

  void submit(const Scene& scene) {
    Setup setup = setup_of(scene);
    const std::scoped_lock lock(mutex_);
    rate_ = scene.learning.rate;
    steps_per_frame_ = std::max(1, scene.learning.steps_per_frame);
    if (asked_.has_value() && *asked_ == setup) return;
    asked_ = setup;
    pending_setup_ = std::move(setup);
    running_ = false;
    steps_due_ = 0;
    current_.request_stop();
    changed_.notify_all();
  }

  void run() {
    const std::scoped_lock lock(mutex_);
    running_ = true;
    changed_.notify_all();
  }

  void pause() {
    const std::scoped_lock lock(mutex_);
    running_ = false;
    steps_due_ = 0;
    publish_due_ = snapshot_ != nullptr;  // the state in it has changed
    current_.request_stop();
    changed_.notify_all();
  }

  void step() {
    const std::scoped_lock lock(mutex_);
    if (running_) return;
    ++steps_due_;
    changed_.notify_all();
  }

  void reset() {
    const std::scoped_lock lock(mutex_);
    if (!asked_.has_value()) return;
    pending_setup_ = asked_;
    running_ = false;
    steps_due_ = 0;
    current_.request_stop();
    changed_.notify_all();
  }

  TrainingSnapshotPtr snapshot() const {
    const std::scoped_lock lock(mutex_);
    return snapshot_;
  }

  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !working_ && !has_work(); });
  }

 private:
  bool has_work() const {
    return pending_setup_.has_value() || steps_due_ > 0 || running_ || publish_due_;
  }

  void work(const std::stop_token& quit) {
    std::unique_ptr<Run> run;
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, quit, [&] { return has_work(); });
      if (quit.stop_requested()) return;
      current_ = std::stop_source();
      working_ = true;
      publish_due_ = false;
      const Clock::time_point begin = Clock::now();
      if (pending_setup_.has_value()) {
        const Setup setup = *std::exchange(pending_setup_, std::nullopt);
        lock.unlock();
        std::unique_ptr<Run> fresh = begin_run(setup, current_.get_token());
        lock.lock();
        if (fresh) {
          run = std::move(fresh);
        } else if (!pending_setup_.has_value()) {
          pending_setup_ = setup;  // stopped by a pause, not by a newer setup
        }
      } else if (run) {
        take_steps(*run, lock);
      } else {
        running_ = false;  // nothing was submitted yet
        steps_due_ = 0;
      }
      if (run && !pending_setup_.has_value()) publish(*run, lock);
      working_ = false;
      changed_.notify_all();
      // Let the steps be seen: at most one batch a frame. A command ends the pause at once.
      if (running_) {
        changed_.wait_until(lock, quit, begin + kFrame,
                            [&] { return !running_ || pending_setup_.has_value(); });
      }
    }
  }

  // Runs one batch, or the single steps asked for, without the lock.
  void take_steps(Run& run, std::unique_lock<std::mutex>& lock) {
    const bool batch = running_;
    Index count = running_ ? steps_per_frame_ : std::exchange(steps_due_, 0);
    const float rate = rate_;
    const std::stop_token stop = current_.get_token();
    if (!run.learner.has_value() || run.diverged) {
      running_ = false;
      return;
    }
    lock.unlock();
    // A batch of slow steps is cut short, so that every frame shows how far it has come.
    const Clock::time_point latest = Clock::now() + 2 * kFrame;
    for (; count > 0 && !stop.stop_requested(); --count) {
      if (batch && Clock::now() > latest) break;
      const StepOutcome outcome = run.learner->step(rate, stop);
      if (outcome == StepOutcome::kStopped) break;
      if (outcome == StepOutcome::kDiverged || run.learner->loss() > divergence_bound(run)) {
        run.diverged = true;
        run.message = "The loss grew without bound at learning rate " + number_text(rate) +
                      ", so the run stopped after step " + std::to_string(run.step) +
                      ". Choose a smaller rate and press Reset.";
        break;
      }
      ++run.step;
      run.history.add({run.step, run.learner->loss()});
    }
    lock.lock();
    if (run.diverged) running_ = false;
  }

  // A loss that has grown a million million times will not come back.
  static double divergence_bound(const Run& run) {
    return 1e12 * std::max(1.0, run.history.points().front().loss);
  }

  void publish(const Run& run, std::unique_lock<std::mutex>& lock) {
    const TrainingState state = running_ ? TrainingState::kRunning : TrainingState::kPaused;
    lock.unlock();
    TrainingSnapshotPtr snapshot = snapshot_of(run, state);
    lock.lock();
    snapshot_ = std::move(snapshot);
    lock.unlock();
    wake_();
    lock.lock();
  }

  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Setup> asked_;          // of the newest submitted scene
  std::optional<Setup> pending_setup_;  // that the worker has not begun yet
  float rate_ = 0.0f;
  Index steps_per_frame_ = 1;
  Index steps_due_ = 0;
  bool running_ = false;
  bool working_ = false;
  bool publish_due_ = false;
  std::stop_source current_;  // of the computation that is under way
  TrainingSnapshotPtr snapshot_;
  std::jthread worker_;  // last: it uses all of the above
};

Trainer::Trainer(std::function<void()> wake) : impl_(std::make_unique<Impl>(std::move(wake))) {}
Trainer::~Trainer() = default;
void Trainer::submit(const Scene& scene) {
  impl_->submit(scene);
}
void Trainer::run() {
  impl_->run();
}
void Trainer::pause() {
  impl_->pause();
}
void Trainer::step() {
  impl_->step();
}
void Trainer::reset() {
  impl_->reset();
}
TrainingSnapshotPtr Trainer::snapshot() const {
  return impl_->snapshot();
}
void Trainer::wait() {
  impl_->wait();
}

}  // namespace convscope
