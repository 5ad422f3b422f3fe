#include "app/session/trainer.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include "app/session/stop_watch.h"
#include "app/session/training_companions.h"

namespace convscope {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kFrame =
    std::chrono::milliseconds(16);  // between two batches of steps while running

// The analysis of larger kernels is left for when nothing else is to be done: it grows with the
// cube of the parameters.
constexpr Index kAnalysedAtOnce = 226;

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
    rules_ = scene.learning.stop;
    if (compared_ != scene.learning.compared) {
      compared_ = scene.learning.compared;
      compared_due_ = true;
      changed_.notify_all();
    }
    if (asked_.has_value() && *asked_ == setup) return;
    asked_ = setup;
    start_over(std::move(setup));
  }

  void run() {
    const std::scoped_lock lock(mutex_);
    running_ = true;
    watch_due_ = true;
    notice_.clear();
    interrupt(Work::kLater);
    changed_.notify_all();
  }

  void pause() {
    const std::scoped_lock lock(mutex_);
    running_ = false;
    steps_due_ = 0;
    publish_due_ = snapshot_ != nullptr;  // the state in it has changed
    interrupt(Work::kSteps);
    changed_.notify_all();
  }

  void step() {
    const std::scoped_lock lock(mutex_);
    if (running_) return;
    ++steps_due_;
    notice_.clear();
    interrupt(Work::kLater);
    changed_.notify_all();
  }

  void seek(Index step) {
    const std::scoped_lock lock(mutex_);
    running_ = false;
    steps_due_ = 0;
    seek_due_ = step;
    notice_.clear();
    interrupt(Work::kSteps);
    changed_.notify_all();
  }

  void reset() {
    const std::scoped_lock lock(mutex_);
    if (asked_.has_value()) start_over(*asked_);
  }

  void cancel() {
    const std::scoped_lock lock(mutex_);
    const bool analysis_due = idle_work_ && snapshot_ && !snapshot_->analysis;
    cancelled_ = pending_setup_.has_value() || analysis_due ||
                 meter_.read().work != TrainingProgress::Work::kNone;
    if (cancelled_) current_.request_stop();
  }

  void want_prediction(bool wanted) {
    const std::scoped_lock lock(mutex_);
    if (with_prediction_ == wanted) return;
    with_prediction_ = wanted;
    publish_due_ = snapshot_ != nullptr;
    changed_.notify_all();
  }

  TrainingSnapshotPtr snapshot() const {
    const std::scoped_lock lock(mutex_);
    return snapshot_;
  }

  TrainingProgress progress() const { return meter_.read(); }

  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !working_ && !has_work(); });
  }

 private:
  // What the worker is at, in the order of what may interrupt it: a command to step stops what can
  // wait, a pause also steps, and only another problem the sums of this one.
  enum class Work { kLater, kSteps, kSums };

  void interrupt(Work least) {
    if (work_ <= least) current_.request_stop();
  }

  void start_over(TrainingSetup setup) {
    pending_setup_ = std::move(setup);
    running_ = false;
    steps_due_ = 0;
    seek_due_.reset();
    notice_.clear();
    cancelled_ = false;
    interrupt(Work::kSums);
    changed_.notify_all();
  }

  bool has_work() const {
    return pending_setup_.has_value() || seek_due_.has_value() || steps_due_ > 0 || running_ ||
           publish_due_ || compared_due_ || companions_due_ || idle_work_;
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
      do_next(lock);
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

  void do_next(std::unique_lock<std::mutex>& lock) {
    work_ = Work::kSteps;
    if (pending_setup_.has_value()) {
      begin_run(lock);
    } else if (!run_) {
      running_ = false;  // nothing was submitted yet
      steps_due_ = 0;
      seek_due_.reset();
      compared_due_ = companions_due_ = idle_work_ = false;
    } else if (compared_due_) {
      compare(lock);
    } else if (seek_due_.has_value()) {
      const Index step = *std::exchange(seek_due_, std::nullopt);
      change_run(lock, [&] { run_->seek(step); });
    } else if (running_ || steps_due_ > 0) {
      take_steps(lock);
    } else if (companions_due_) {
      advance_companions(lock);
    } else if (idle_work_) {
      do_idle_work(lock);
    }
  }

  void begin_run(std::unique_lock<std::mutex>& lock) {
    const TrainingSetup setup = *std::exchange(pending_setup_, std::nullopt);
    if (cancelled_) current_.request_stop();  // before it began
    const std::stop_token stop = current_.get_token();
    const TrainingProblemPtr same =
        run_ && run_->data()->loss && run_->data()->data == setup.data ? run_->data() : nullptr;
    work_ = Work::kSums;
    meter_.begin(TrainingProgress::Work::kSums);
    lock.unlock();
    const TrainingProblemPtr problem =
        same ? same : make_training_problem(setup.data, stop, meter_.teller());
    std::unique_ptr<TrainingRun> fresh;
    if (problem) fresh = std::make_unique<TrainingRun>(problem, setup);
    if (fresh && same) fresh->adopt_analysis(*run_);
    if (fresh && problem->loss && problem->loss->parameters() < kAnalysedAtOnce) {
      fresh->analyse(stop);
    }
    lock.lock();
    meter_.end();
    if (!fresh && cancelled_) {
      fresh = std::make_unique<TrainingRun>(cancelled_training_problem(setup.data), setup);
    }
    if (fresh) {
      run_ = std::move(fresh);
      run_setup_ = setup;
      check_.reset();
      analysis_cancelled_ = false;
      companions_ = {};
      compared_due_ = idle_work_ = true;
    } else if (!pending_setup_.has_value()) {
      pending_setup_ = setup;  // stopped by the end of the program
    }
    cancelled_ = false;
  }

  // Changes the run without the lock; what was known of the state is void.
  template <typename Change>
  void change_run(std::unique_lock<std::mutex>& lock, Change&& change) {
    lock.unlock();
    change();
    lock.lock();
    check_.reset();
    companions_due_ = companions_.behind(run_->last_step());
    idle_work_ = true;
  }

  void compare(std::unique_lock<std::mutex>& lock) {
    compared_due_ = false;
    const std::vector<ComparedRun> wanted = compared_;
    lock.unlock();
    companions_.set(wanted, run_->data(), run_setup_);
    lock.lock();
    companions_due_ = companions_.behind(run_->last_step());
  }

  void advance_companions(std::unique_lock<std::mutex>& lock) {
    work_ = Work::kLater;
    const std::stop_token stop = current_.get_token();
    lock.unlock();
    companions_.advance(run_->last_step(), stop, 50);
    lock.lock();
    companions_due_ = companions_.behind(run_->last_step());
  }

  // What may wait until nobody is waiting for steps: the analysis of large kernels, then the check
  // of the gradient.
  void do_idle_work(std::unique_lock<std::mutex>& lock) {
    if (cancelled_) current_.request_stop();
    const std::stop_token stop = current_.get_token();
    const bool analyse = run_->wants_analysis() && !analysis_cancelled_;
    work_ = Work::kLater;
    std::optional<GradientCheck> check;
    if (analyse) meter_.begin(TrainingProgress::Work::kAnalysis);
    lock.unlock();
    if (analyse) {
      run_->analyse(stop, meter_.teller());
    } else if (run_->learner() != nullptr) {
      check = run_->check(stop);
    }
    lock.lock();
    meter_.end();
    check_ = check;
    if (std::exchange(cancelled_, false)) analysis_cancelled_ = run_->wants_analysis();
    // Stopped: a command came, after which it is tried again.
    idle_work_ = analyse || (stop.stop_requested() && !check.has_value());
  }

  // Runs one batch, or the single steps asked for, without the lock.
  void take_steps(std::unique_lock<std::mutex>& lock) {
    const bool batch = running_;
    Index count = running_ ? steps_per_frame_ : std::exchange(steps_due_, 0);
    const float rate = rate_;
    const StopRules rules = rules_;
    const std::stop_token stop = current_.get_token();
    std::string notice;
    if (std::exchange(watch_due_, false)) watch_.start(run_->step_count(), run_->loss());
    change_run(lock, [&] {
      // A batch of slow steps is cut short, so that every frame shows how far it has come.
      const Clock::time_point latest = Clock::now() + 2 * kFrame;
      for (; count > 0 && run_->can_step() && !stop.stop_requested() && notice.empty(); --count) {
        if (batch && Clock::now() > latest) break;
        run_->step(rate);
        if (batch && run_->can_step())
          notice = watch_.check(rules, run_->step_count(), run_->loss(), run_->first_loss());
      }
      companions_.advance(run_->last_step(), stop, 16);
    });
    if (!run_->can_step()) running_ = false;
    if (notice.empty() || !running_) return;
    running_ = false;
    notice_ = notice;
  }

  void publish(std::unique_lock<std::mutex>& lock) {
    const bool with_prediction = with_prediction_;
    lock.unlock();
    auto snapshot = std::make_shared<TrainingSnapshot>(snapshot_of(*run_, with_prediction));
    snapshot->compared = companions_.histories();
    snapshot->check = check_;
    lock.lock();
    snapshot->state = run_->diverged() ? TrainingState::kDiverged
                      : running_       ? TrainingState::kRunning
                                       : TrainingState::kPaused;
    snapshot->notice = notice_;
    snapshot->analysis_cancelled = analysis_cancelled_;
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
  StopRules rules_;
  std::vector<ComparedRun> compared_;
  Index steps_due_ = 0;
  std::optional<Index> seek_due_;
  bool compared_due_ = false;    // the list has changed
  bool companions_due_ = false;  // some of them are behind
  bool idle_work_ = false;
  bool running_ = false;
  bool watch_due_ = false;  // the run has just begun
  bool working_ = false;
  bool publish_due_ = false;
  bool cancelled_ = false;  // by the user
  bool analysis_cancelled_ = false;
  bool with_prediction_ = false;
  Work work_ = Work::kSteps;
  std::stop_source current_;  // of the computation that is under way
  std::string notice_;
  TrainingSnapshotPtr snapshot_;
  ProgressMeter meter_;
  // Only the worker touches these.
  std::unique_ptr<TrainingRun> run_;
  TrainingSetup run_setup_;
  TrainingCompanions companions_;
  StopWatch watch_;
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
void Trainer::cancel() {
  impl_->cancel();
}
void Trainer::want_prediction(bool wanted) {
  impl_->want_prediction(wanted);
}
void Trainer::seek(Index step) {
  impl_->seek(step);
}
TrainingProgress Trainer::progress() const {
  return impl_->progress();
}
TrainingSnapshotPtr Trainer::snapshot() const {
  return impl_->snapshot();
}
void Trainer::wait() {
  impl_->wait();
}

}  // namespace convscope
