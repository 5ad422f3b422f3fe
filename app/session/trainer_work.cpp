// What the worker of a trainer does, most urgent first.
#include <algorithm>
#include <new>

#include "app/session/trainer_impl.h"
#include "engine/core/background_thread.h"

namespace convscope {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kFrame =
    std::chrono::milliseconds(16);  // between two batches of steps while running

// The analysis of larger kernels is left to the analyst: it grows with the cube of the parameters.
constexpr Index kAnalysedAtOnce = 226;

}  // namespace

void Trainer::Impl::work(const std::stop_token& quit) {
  work_in_background();
  Lock lock(mutex_);
  while (true) {
    const auto due = [&] { return has_work(); };
    if (begins()) {
      changed_.wait_until(lock, quit, begin_at_, due);
    } else {
      changed_.wait(lock, quit, [&] { return due() || begins(); });
    }
    if (quit.stop_requested()) return;
    if (!due()) continue;
    working_ = true;
    publish_due_ = false;
    const Clock::time_point begin = Clock::now();
    try {
      current_ = std::stop_source();
      do_next(lock);
      if (run_ && !pending_setup_.has_value()) publish(lock);
    } catch (const std::bad_alloc&) {
      if (!lock.owns_lock()) lock.lock();
      give_up(lock);
    }
    working_ = false;
    changed_.notify_all();
    // Let the steps be seen: at most one batch a frame. A command ends the pause at once.
    if (running_) {
      changed_.wait_until(lock, quit, begin + kFrame,
                          [&] { return !running_ || pending_setup_.has_value(); });
    }
  }
}

// There was no memory for a step or for what is shown of it: the run is let go of, and its memory.
void Trainer::Impl::give_up(Lock& lock) {
  running_ = false;
  steps_due_ = 0;
  seek_due_.reset();
  seeking_.reset();
  cancelled_ = compared_due_ = companions_due_ = analysis_due_ = idle_work_ = false;
  meter_.end();
  analyst_.cancel();
  check_.reset();
  companions_ = {};
  run_.reset();
  if (pending_setup_.has_value() || !asked_.has_value()) return;
  try {
    run_setup_ = *asked_;
    run_ = std::make_unique<TrainingRun>(short_training_problem(run_setup_.data), run_setup_);
    publish(lock);
  } catch (const std::bad_alloc&) {
    // The last snapshot stays.
    if (!lock.owns_lock()) lock.lock();
  }
}

void Trainer::Impl::do_next(Lock& lock) {
  work_ = Work::kSteps;
  if (pending_setup_.has_value()) {
    begin_run(lock);
  } else if (!run_) {
    running_ = false;  // nothing was submitted yet
    steps_due_ = 0;
    seek_due_.reset();
    compared_due_ = companions_due_ = analysis_due_ = idle_work_ = false;
  } else if (compared_due_) {
    compare(lock);
  } else if (analysis_due_) {
    take_analysis(lock);
  } else if (seek_due_.has_value()) {
    replay(lock);
  } else if (running_ || steps_due_ > 0) {
    take_steps(lock);
  } else if (companions_due_) {
    advance_companions(lock);
  } else if (idle_work_) {
    do_idle_work(lock);
  }
}

void Trainer::Impl::begin_run(Lock& lock) {
  const TrainingSetup setup = *std::exchange(pending_setup_, std::nullopt);
  if (cancelled_) current_.request_stop();  // before it began
  const std::stop_token stop = current_.get_token();
  const TrainingProblemPtr same =
      run_ && run_->data()->loss && run_->data()->data == setup.data ? run_->data() : nullptr;
  work_ = Work::kSums;
  meter_.begin(TrainingProgress::Work::kSums);
  lock.unlock();
  const TrainingProblemPtr problem =
      same ? same : make_training_problem(setup.data, stop, meter_.teller(), options_.memory);
  std::unique_ptr<TrainingRun> fresh;
  if (problem) fresh = std::make_unique<TrainingRun>(problem, setup, options_.keyframe_bytes);
  if (fresh && same && run_->analysis()) fresh->adopt_analysis(run_->analysis()->spectrum);
  if (fresh && problem->loss && problem->loss->parameters() < kAnalysedAtOnce) {
    fresh->analyse(stop);
  }
  lock.lock();
  meter_.end();
  if (!fresh && cancelled_) {
    fresh = std::make_unique<TrainingRun>(cancelled_training_problem(setup.data), setup);
  }
  if (fresh) {
    take_up(std::move(fresh), setup);
  } else if (!pending_setup_.has_value()) {
    pending_setup_ = setup;  // stopped by the end of the program
  }
  cancelled_ = false;
}

void Trainer::Impl::take_up(std::unique_ptr<TrainingRun> fresh, const TrainingSetup& setup) {
  run_ = std::move(fresh);
  run_setup_ = setup;
  check_.reset();
  analysis_cancelled_ = false;
  companions_ = {};
  compared_due_ = idle_work_ = true;
  if (run_->wants_analysis()) {
    if (analyst_.problem() != run_->data()) analyst_.submit(run_->data());
  } else {
    analyst_.cancel();
  }
}

// Changes the run without the lock; what was known of the state is void.
template <typename Change>
void Trainer::Impl::change_run(Lock& lock, Change&& change) {
  lock.unlock();
  change();
  lock.lock();
  check_.reset();
  companions_due_ = companions_.behind(run_->last_step());
  idle_work_ = true;
}

void Trainer::Impl::compare(Lock& lock) {
  compared_due_ = false;
  const std::vector<ComparedRun> wanted = compared_;
  lock.unlock();
  companions_.set(wanted, run_->data(), run_setup_);
  lock.lock();
  companions_due_ = companions_.behind(run_->last_step());
}

void Trainer::Impl::take_analysis(Lock& lock) {
  analysis_due_ = false;
  const std::optional<Analyst::Analysed> done = analyst_.take();
  if (!done || done->problem != run_->data()) return;
  if (!done->spectrum) {
    analysis_cancelled_ = true;
    return;
  }
  lock.unlock();
  run_->adopt_analysis(*done->spectrum);
  lock.lock();
  idle_work_ = true;
}

void Trainer::Impl::replay(Lock& lock) {
  work_ = Work::kReplay;
  seeking_ = std::exchange(seek_due_, std::nullopt);
  const Index step = *seeking_;
  const std::stop_token stop = current_.get_token();
  change_run(lock, [&] {
    run_->seek(
        step, stop,
        meter_.patient_teller(TrainingProgress::Work::kReplay, options_.replay_patience, wake_));
  });
  meter_.end();
  seeking_.reset();
  if (!pending_setup_.has_value()) cancelled_ = false;
}

void Trainer::Impl::advance_companions(Lock& lock) {
  work_ = Work::kLater;
  const std::stop_token stop = current_.get_token();
  lock.unlock();
  companions_.advance(run_->last_step(), stop, 50);
  lock.lock();
  companions_due_ = companions_.behind(run_->last_step());
}

// What may wait until nobody is waiting for steps: the check of the gradient, then the distances of
// steps that were taken before the exact answer was known.
void Trainer::Impl::do_idle_work(Lock& lock) {
  const std::stop_token stop = current_.get_token();
  work_ = Work::kLater;
  std::optional<GradientCheck> check = check_;
  lock.unlock();
  if (!check && run_->learner() != nullptr) {
    check = run_->check(stop);
  } else {
    run_->fill_distances(stop);
  }
  lock.lock();
  check_ = check;
  // Stopped: a command came, after which it is tried again.
  idle_work_ = run_->wants_distances() || (stop.stop_requested() && !check.has_value());
}

// Runs one batch, or the single steps asked for, without the lock.
void Trainer::Impl::take_steps(Lock& lock) {
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

void Trainer::Impl::publish(Lock& lock) {
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

}  // namespace convscope
