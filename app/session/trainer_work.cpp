// What the worker of a trainer does.
#include <cassert>
#include <new>

#include "app/session/trainer_impl.h"
#include "engine/core/background_thread.h"

namespace convscope::session {
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
    const auto due = [&] { return next_job() != Job::kNothing; };
    if (inbox_.begins()) {
      const Clock::time_point earliest = inbox_.beginning->earliest;
      changed_.wait_until(lock, quit, earliest, due);
    } else {
      changed_.wait(lock, quit, [&] { return due() || inbox_.begins(); });
    }
    if (quit.stop_requested()) return;
    if (!due()) continue;
    const Clock::time_point begin = Clock::now();
    take_turn(lock, quit);
    // Let the steps be seen: at most one batch a frame. A command ends the pause at once.
    const auto pauses = [&] {
      return inbox_.course.run == TrainingCourse::Run::kNone || inbox_.beginning;
    };
    if (!pauses()) changed_.wait_until(lock, quit, begin + kFrame, pauses);
  }
}

void Trainer::Impl::take_turn(Lock& lock, const std::stop_token& quit) {
  under_way_ = {.job = next_job(), .turn = under_way_.turn + 1};
  inbox_.retell = false;
  try {
    under_way_.stop = std::stop_source();
    do_job(lock);
    if (current_.run && !inbox_.beginning && !quit.stop_requested()) publish(lock);
  } catch (const std::bad_alloc&) {
    if (!lock.owns_lock()) lock.lock();
    give_up(lock);
  }
  under_way_.job = Job::kNothing;
  changed_.notify_all();
}

void Trainer::Impl::do_job(Lock& lock) {
  switch (under_way_.job) {
    case Job::kBegin:
      return begin_run(lock);
    case Job::kCompare:
      return compare(lock);
    case Job::kAnalysis:
      return take_analysis(lock);
    case Job::kSeek:
      return replay(lock);
    case Job::kSteps:
      return take_steps(lock);
    case Job::kCompanions:
      return advance_companions(lock);
    case Job::kCheck:
      return check_gradient(lock);
    case Job::kDistances:
      return fill_distances(lock);
    case Job::kPublish:
    case Job::kNothing:
      return;
  }
}

// There was no memory for a step or for what is shown of it: the run is let go of, and its memory.
void Trainer::Impl::give_up(Lock& lock) {
  inbox_.course = {};
  meter_.end();
  stop_analysis(Analysis::kNone);
  current_ = {};
  if (inbox_.beginning || !inbox_.asked) return;
  try {
    Current fresh;
    fresh.setup = *inbox_.asked;
    fresh.compared = inbox_.compared;
    fresh.run =
        std::make_unique<TrainingRun>(short_training_problem(fresh.setup.data), fresh.setup);
    current_ = std::move(fresh);
    publish(lock);
  } catch (const std::bad_alloc&) {
    // The last snapshot stays.
    if (!lock.owns_lock()) lock.lock();
  }
}

void Trainer::Impl::begin_run(Lock& lock) {
  Current fresh;
  fresh.setup = std::move(inbox_.beginning->setup);
  if (inbox_.beginning->cancelled) under_way_.cancel();
  inbox_.beginning.reset();
  const std::stop_token stop = under_way_.stop.get_token();
  const TrainingRun* before = current_.run.get();
  const bool known =
      before != nullptr && before->data()->loss && before->data()->data == fresh.setup.data;
  meter_.begin(TrainingProgress::Work::kSums);
  lock.unlock();
  const TrainingProblemPtr problem =
      known ? before->data()
            : make_training_problem(fresh.setup.data, stop, meter_.teller(), options_.memory);
  if (problem) {
    fresh.run = std::make_unique<TrainingRun>(problem, fresh.setup, options_.keyframe_bytes);
    if (known && before->analysis()) fresh.run->adopt_analysis(before->analysis()->spectrum);
    if (problem->loss && problem->loss->parameters() < kAnalysedAtOnce) fresh.run->analyse(stop);
  }
  lock.lock();
  meter_.end();
  if (!fresh.run && under_way_.cancelled) {
    fresh.run =
        std::make_unique<TrainingRun>(cancelled_training_problem(fresh.setup.data), fresh.setup);
  }
  // Without a run another setup has come, or the end of the program.
  if (fresh.run) take_up(std::move(fresh));
}

void Trainer::Impl::take_up(Current fresh) {
  current_ = std::move(fresh);
  if (!current_.run->wants_analysis()) {
    stop_analysis(Analysis::kNone);
  } else if (analyst_.problem() != current_.run->data()) {
    analyst_.submit(current_.run->data());
    analysis_ = Analysis::kPending;
  }
}

// Changes the run without the lock; what was known of the state is void.
template <typename Change>
void Trainer::Impl::change_run(Lock& lock, Change&& change) {
  lock.unlock();
  change();
  lock.lock();
  current_.check.reset();
}

void Trainer::Impl::compare(Lock& lock) {
  const std::vector<ComparedRun> wanted = inbox_.compared;
  lock.unlock();
  current_.companions.set(wanted, current_.run->data(), current_.setup);
  lock.lock();
  current_.compared = wanted;
}

void Trainer::Impl::take_analysis(Lock& lock) {
  const std::optional<Analyst::Analysed> done = analyst_.take();
  if (!done) {  // it was of a problem before
    analysis_ = Analysis::kPending;
    return;
  }
  assert(done->problem == current_.run->data());
  analysis_ = done->spectrum ? Analysis::kNone : Analysis::kCancelled;
  if (!done->spectrum) return;
  lock.unlock();
  current_.run->adopt_analysis(*done->spectrum);
  lock.lock();
}

void Trainer::Impl::replay(Lock& lock) {
  const Index step = *std::exchange(inbox_.course.seek, std::nullopt);
  under_way_.seek = step;
  const std::stop_token stop = under_way_.stop.get_token();
  change_run(lock, [&] {
    current_.run->seek(
        step, stop,
        meter_.patient_teller(TrainingProgress::Work::kReplay, options_.replay_patience, wake_));
  });
  meter_.end();
}

// Takes the single steps that were asked for, or else one batch of the run.
void Trainer::Impl::take_steps(Lock& lock) {
  TrainingCourse& course = inbox_.course;
  const bool batch = course.steps == 0;
  Index count = batch ? inbox_.steps_per_frame : std::exchange(course.steps, 0);
  const float rate = inbox_.rate;
  const StopRules rules = inbox_.rules;
  const std::stop_token stop = under_way_.stop.get_token();
  TrainingRun& run = *current_.run;
  std::string notice;
  if (batch && course.run == TrainingCourse::Run::kAsked) {
    course.run = TrainingCourse::Run::kUnderWay;
    current_.watch.start(run.step_count(), run.loss());
  }
  change_run(lock, [&] {
    // A batch of slow steps is cut short, so that every frame shows how far it has come.
    const Clock::time_point latest = Clock::now() + 2 * kFrame;
    for (; count > 0 && run.can_step() && !stop.stop_requested() && notice.empty(); --count) {
      if (batch && Clock::now() > latest) break;
      run.step(rate);
      if (batch && run.can_step())
        notice = current_.watch.check(rules, run.step_count(), run.loss(), run.first_loss());
    }
    current_.companions.advance(run.last_step(), stop, 16);
  });
  // A run that was asked for meanwhile is another one.
  if (course.run != TrainingCourse::Run::kUnderWay || !batch) return;
  if (run.can_step() && notice.empty()) return;
  course.run = TrainingCourse::Run::kNone;
  inbox_.notice = notice;
}

void Trainer::Impl::advance_companions(Lock& lock) {
  const std::stop_token stop = under_way_.stop.get_token();
  lock.unlock();
  current_.companions.advance(current_.run->last_step(), stop, 50);
  lock.lock();
}

// Stopped: a command came, after which it is tried again.
void Trainer::Impl::check_gradient(Lock& lock) {
  const std::stop_token stop = under_way_.stop.get_token();
  lock.unlock();
  const std::optional<GradientCheck> check = current_.run->check(stop);
  lock.lock();
  current_.check = check;
}

// Those of steps that were taken before the exact answer was known.
void Trainer::Impl::fill_distances(Lock& lock) {
  const std::stop_token stop = under_way_.stop.get_token();
  lock.unlock();
  current_.run->fill_distances(stop);
  lock.lock();
}

void Trainer::Impl::publish(Lock& lock) {
  const bool with_prediction = inbox_.with_prediction;
  lock.unlock();
  auto snapshot = std::make_shared<TrainingSnapshot>(snapshot_of(*current_.run, with_prediction));
  snapshot->compared = current_.companions.histories();
  snapshot->check = current_.check;
  lock.lock();
  const bool runs = inbox_.course.run != TrainingCourse::Run::kNone;
  snapshot->state = current_.run->diverged() ? TrainingState::kDiverged
                    : runs                   ? TrainingState::kRunning
                                             : TrainingState::kPaused;
  snapshot->notice = inbox_.notice;
  snapshot->analysis_cancelled = analysis_ == Analysis::kCancelled;
  snapshot_ = std::move(snapshot);
  lock.unlock();
  wake_();
  lock.lock();
}

}  // namespace convscope::session
