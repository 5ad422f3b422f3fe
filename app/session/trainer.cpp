#include "app/session/trainer.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace convscope {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kFrame =
    std::chrono::milliseconds(16);  // between two batches of steps while running

// The analysis of larger kernels is left for when nothing else is to be done: it grows with the
// cube of the parameters, and can't be interrupted.
constexpr Index kAnalysedAtOnce = 226;

double distance_to_optimum(const TrainingRun& run) {
  if (!run.analysis()) return 0.0;
  const std::vector<double> now = run.learner()->quadratic().flattened(run.learner()->parameters());
  double sum = 0.0;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const double d = now[i] - run.analysis()->spectrum.optimum[i];
    sum += d * d;
  }
  return std::sqrt(sum);
}

TrainingSnapshotPtr snapshot_of(const TrainingRun& run, TrainingState state,
                                const std::optional<GradientCheck>& check) {
  auto snapshot = std::make_shared<TrainingSnapshot>();
  snapshot->state = run.diverged() ? TrainingState::kDiverged : state;
  snapshot->step = run.step_count();
  snapshot->start = run.start();
  snapshot->target = run.target();
  snapshot->message = run.message();
  snapshot->history = run.history();
  snapshot->keyframes = run.keyframes();
  snapshot->analysis = run.analysis();
  snapshot->problem = run.shared_problem();
  snapshot->check = check;
  if (run.learner() != nullptr) {
    snapshot->loss = run.loss();
    snapshot->weight = run.learner()->weight();
    snapshot->gradient = run.learner()->gradient();
    snapshot->bias = run.learner()->parameters().bias;
    snapshot->bias_gradient = run.learner()->gradients().bias;
    snapshot->error = std::make_shared<const Tensor>(run.error());
    snapshot->distance = distance_to_optimum(run);
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
    TrainingSetup setup = training_setup(scene);
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

  void seek(Index step) {
    const std::scoped_lock lock(mutex_);
    running_ = false;
    steps_due_ = 0;
    seek_due_ = step;
    current_.request_stop();
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

  double progress() const { return progress_; }

  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !working_ && !has_work(); });
  }

 private:
  bool has_work() const {
    return pending_setup_.has_value() || seek_due_.has_value() || steps_due_ > 0 || running_ ||
           publish_due_ || idle_work_;
  }

  void work(const std::stop_token& quit) {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, quit, [&] { return has_work(); });
      if (quit.stop_requested()) return;
      current_ = std::stop_source();
      working_ = true;
      publish_due_ = false;
      const Clock::time_point begin = Clock::now();
      if (pending_setup_.has_value()) {
        begin_run(lock);
      } else if (!run_) {
        running_ = false;  // nothing was submitted yet
        steps_due_ = 0;
        seek_due_.reset();
        idle_work_ = false;
      } else if (seek_due_.has_value()) {
        const Index step = *std::exchange(seek_due_, std::nullopt);
        change_run(lock, [&] { run_->seek(step); });
      } else if (running_ || steps_due_ > 0) {
        take_steps(lock);
      } else if (idle_work_) {
        do_idle_work(lock);
      }
      if (run_ && !pending_setup_.has_value()) publish(lock);
      working_ = false;
      changed_.notify_all();
      // Let the steps be seen: at most one batch a frame. A command ends the pause at once.
      if (running_) {
        changed_.wait_until(lock, quit, begin + kFrame,
                            [&] { return !running_ || pending_setup_.has_value(); });
      }
    }
  }

  void begin_run(std::unique_lock<std::mutex>& lock) {
    const TrainingSetup setup = *std::exchange(pending_setup_, std::nullopt);
    const std::stop_token stop = current_.get_token();
    progress_ = 0.0;
    lock.unlock();
    std::unique_ptr<TrainingRun> fresh =
        TrainingRun::begin(setup, stop, [this](double share) { progress_ = share; });
    if (fresh && fresh->learner() != nullptr &&
        fresh->learner()->quadratic().parameters() < kAnalysedAtOnce) {
      fresh->analyse();
    }
    lock.lock();
    progress_ = 1.0;
    if (fresh) {
      run_ = std::move(fresh);
      check_.reset();
      idle_work_ = true;
    } else if (!pending_setup_.has_value()) {
      pending_setup_ = setup;  // stopped by a pause, not by a newer setup
    }
  }

  // Changes the run without the lock; what was known of the state is void.
  template <typename Change>
  void change_run(std::unique_lock<std::mutex>& lock, Change&& change) {
    lock.unlock();
    change();
    lock.lock();
    check_.reset();
    idle_work_ = true;
  }

  // What may wait until nobody is waiting for steps: the analysis of large kernels, then the check
  // of the gradient.
  void do_idle_work(std::unique_lock<std::mutex>& lock) {
    const std::stop_token stop = current_.get_token();
    const bool analyse = run_->wants_analysis();
    std::optional<GradientCheck> check;
    lock.unlock();
    if (analyse) {
      run_->analyse();
    } else if (run_->learner() != nullptr) {
      check = run_->check(stop);
    }
    lock.lock();
    check_ = check;
    // Stopped: a command came, after which it is tried again.
    idle_work_ = analyse || (stop.stop_requested() && !check.has_value());
  }

  // Runs one batch, or the single steps asked for, without the lock.
  void take_steps(std::unique_lock<std::mutex>& lock) {
    const bool batch = running_;
    Index count = running_ ? steps_per_frame_ : std::exchange(steps_due_, 0);
    const float rate = rate_;
    const std::stop_token stop = current_.get_token();
    change_run(lock, [&] {
      // A batch of slow steps is cut short, so that every frame shows how far it has come.
      const Clock::time_point latest = Clock::now() + 2 * kFrame;
      for (; count > 0 && run_->can_step() && !stop.stop_requested(); --count) {
        if (batch && Clock::now() > latest) break;
        run_->step(rate);
      }
    });
    if (!run_->can_step()) running_ = false;
  }

  void publish(std::unique_lock<std::mutex>& lock) {
    const TrainingState state = running_ ? TrainingState::kRunning : TrainingState::kPaused;
    const std::optional<GradientCheck> check = check_;
    lock.unlock();
    TrainingSnapshotPtr snapshot = snapshot_of(*run_, state, check);
    lock.lock();
    snapshot_ = std::move(snapshot);
    lock.unlock();
    wake_();
    lock.lock();
  }

  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<TrainingSetup> asked_;          // of the newest submitted scene
  std::optional<TrainingSetup> pending_setup_;  // that the worker has not begun yet
  float rate_ = 0.0f;
  Index steps_per_frame_ = 1;
  Index steps_due_ = 0;
  std::optional<Index> seek_due_;
  bool idle_work_ = false;
  bool running_ = false;
  bool working_ = false;
  bool publish_due_ = false;
  std::stop_source current_;  // of the computation that is under way
  TrainingSnapshotPtr snapshot_;
  std::atomic<double> progress_{1.0};
  // Only the worker touches these.
  std::unique_ptr<TrainingRun> run_;
  std::optional<GradientCheck> check_;
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
void Trainer::seek(Index step) {
  impl_->seek(step);
}
double Trainer::progress() const {
  return impl_->progress();
}
TrainingSnapshotPtr Trainer::snapshot() const {
  return impl_->snapshot();
}
void Trainer::wait() {
  impl_->wait();
}

}  // namespace convscope
