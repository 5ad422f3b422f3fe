#include "app/session/trainer_work.h"

#include <cassert>
#include <new>
#include <utility>

#include "app/session/conclusion.h"
#include "engine/core/background_thread.h"

namespace convscope::session {
namespace {

using Clock = TrainerState::Clock;
// From this number of parameters on the analysis is left to the analyst, because its duration grows
// with the cube of the number.
constexpr Index kAnalysedAtOnce = 226;

}  // namespace

void TrainerWork::run(const std::stop_token& quit) {
  work_in_background();
  lock_.lock();
  while (true) {
    const auto due = [&] { return state_.next_job() != TrainerJob::kNothing; };
    const std::optional<Clock::time_point> time = state_.next_time();
    const auto told = [&] { return due() || state_.next_time() != time; };
    if (time)
      state_.changed.wait_until(lock_, quit, *time, told);
    else
      state_.changed.wait(lock_, quit, told);
    if (quit.stop_requested()) return;
    if (due()) take_turn(quit);
  }
}

void TrainerWork::take_turn(const std::stop_token& quit) {
  state_.turn = {.job = state_.next_job(), .number = state_.turn.number + 1};
  state_.inbox.republish = false;
  try {
    state_.turn.stop = std::stop_source();
    do_job();
    if (state_.current.run && !state_.inbox.beginning && !quit.stop_requested()) publish();
  } catch (const std::bad_alloc&) {
    if (!lock_.owns_lock()) lock_.lock();
    drop_run();
  }
  state_.turn.job = TrainerJob::kNothing;
  state_.changed.notify_all();
}

void TrainerWork::do_job() {
  switch (state_.turn.job) {
    case TrainerJob::kBegin:
      return begin_run();
    case TrainerJob::kCompare:
      return compare();
    case TrainerJob::kAnalysis:
      return take_analysis();
    case TrainerJob::kSeek:
      return replay();
    case TrainerJob::kSteps:
      return take_steps();
    case TrainerJob::kCompanions:
      return advance_companions();
    case TrainerJob::kCheck:
      return check_gradient();
    case TrainerJob::kDistances:
      return fill_distances();
    case TrainerJob::kPublish:
    case TrainerJob::kNothing:
      return;
  }
}

// Releases the run and its memory, because there was not enough for a step or for its snapshot, and
// publishes a run whose message says so.
void TrainerWork::drop_run() {
  state_.inbox.course = {};
  state_.meter.end();
  state_.stop_analysis(TrainerState::Analysis::kNone);
  state_.current = {};
  if (state_.inbox.beginning || !state_.inbox.asked) return;
  try {
    CurrentRun fresh;
    fresh.setup = *state_.inbox.asked;
    fresh.compared = state_.inbox.compared;
    fresh.run =
        std::make_unique<TrainingRun>(short_training_problem(fresh.setup.data), fresh.setup);
    state_.current = std::move(fresh);
    publish();
  } catch (const std::bad_alloc&) {
    // The last snapshot stays.
    if (!lock_.owns_lock()) lock_.lock();
  }
}

void TrainerWork::begin_run() {
  CurrentRun fresh;
  fresh.setup = std::move(state_.inbox.beginning->setup);
  if (state_.inbox.beginning->cancelled) state_.turn.cancel();
  state_.inbox.beginning.reset();
  const std::stop_token stop = state_.turn.stop.get_token();
  const TrainingRun* before = state_.current.run.get();
  const bool known =
      before != nullptr && before->data()->loss && before->data()->data == fresh.setup.data;
  state_.meter.begin(TrainingProgress::Work::kSums);
  lock_.unlock();
  const TrainingProblemPtr problem =
      known ? before->data()
            : make_training_problem(fresh.setup.data, stop, state_.meter.reporter(),
                                    state_.options.memory);
  if (problem) {
    fresh.run = std::make_unique<TrainingRun>(problem, fresh.setup, state_.options.keyframe_bytes);
    if (known && before->analysis()) fresh.run->adopt_analysis(before->analysis()->spectrum);
    if (problem->loss && problem->loss->parameters() < kAnalysedAtOnce) fresh.run->analyse(stop);
  }
  lock_.lock();
  state_.meter.end();
  if (!fresh.run && state_.turn.cancelled) {
    fresh.run =
        std::make_unique<TrainingRun>(cancelled_training_problem(fresh.setup.data), fresh.setup);
  }
  // There is no run if another setup has come or the program ends.
  if (fresh.run) take_up(std::move(fresh));
}

void TrainerWork::take_up(CurrentRun fresh) {
  state_.current = std::move(fresh);
  if (!state_.current.run->wants_analysis()) {
    state_.stop_analysis(TrainerState::Analysis::kNone);
  } else if (state_.analyst.problem() != state_.current.run->data()) {
    state_.analyst.submit(state_.current.run->data());
    state_.analysis = TrainerState::Analysis::kPending;
  }
}

// Calls `change`, which changes the run, without the lock. The check of the old gradient is void
// afterwards.
template <typename Change>
void TrainerWork::change_run(Change&& change) {
  lock_.unlock();
  change();
  lock_.lock();
  state_.current.check.reset();
}

void TrainerWork::compare() {
  const std::vector<ComparedRun> wanted = state_.inbox.compared;
  lock_.unlock();
  state_.current.companions.set(wanted, state_.current.run->data(), state_.current.setup);
  lock_.lock();
  state_.current.compared = wanted;
}

void TrainerWork::take_analysis() {
  const std::optional<Analyst::Analysed> done = state_.analyst.take();
  if (!done) {  // the finished analysis belongs to an earlier problem
    state_.analysis = TrainerState::Analysis::kPending;
    return;
  }
  assert(done->problem == state_.current.run->data());
  state_.analysis =
      done->spectrum ? TrainerState::Analysis::kNone : TrainerState::Analysis::kCancelled;
  if (!done->spectrum) return;
  lock_.unlock();
  state_.current.run->adopt_analysis(*done->spectrum);
  lock_.lock();
}

void TrainerWork::replay() {
  const Index step = *std::exchange(state_.inbox.course.seek, std::nullopt);
  state_.turn.seek = step;
  const std::stop_token stop = state_.turn.stop.get_token();
  change_run([&] {
    state_.current.run->seek(
        step, stop,
        state_.meter.patient_reporter(TrainingProgress::Work::kReplay,
                                      state_.options.replay_patience, state_.wake));
  });
  state_.meter.end();
}

// Takes the single steps that were asked for, or else one batch of the run.
void TrainerWork::take_steps() {
  TrainingCourse& course = state_.inbox.course;
  const bool batch = course.steps == 0;
  Index count = batch ? state_.inbox.pace.batch() : std::exchange(course.steps, 0);
  const StopRules rules = state_.inbox.rules;
  const std::stop_token stop = state_.turn.stop.get_token();
  TrainingRun& run = *state_.current.run;
  const float rate =
      step_rate(state_.inbox.pace, run.analysis() ? &run.analysis()->spectrum : nullptr);
  if (batch) state_.last_batch = Clock::now();
  StopReason reason = StopReason::kNone;
  if (batch && course.run == TrainingCourse::Run::kAsked) {
    course.run = TrainingCourse::Run::kUnderWay;
    state_.current.watch.start(run.step_count(), run.loss());
  }
  change_run([&] {
    // A batch of slow steps is cut short, so that every frame shows progress.
    const Clock::time_point latest = Clock::now() + 2 * TrainingPace::kFrame;
    for (; count > 0 && run.can_step() && !stop.stop_requested() && reason == StopReason::kNone;
         --count) {
      if (batch && Clock::now() > latest) break;
      run.step(rate);
      if (batch && run.can_step())
        reason = state_.current.watch.check(rules, run.step_count(), run.loss(), run.first_loss(),
                                            run.resting_loss());
    }
    state_.current.companions.advance(run.last_step(), stop, 16);
  });
  // If the run was paused and asked to go on meanwhile, the end of this batch doesn't end it.
  if (course.run != TrainingCourse::Run::kUnderWay || !batch) return;
  if (run.can_step() && reason == StopReason::kNone) return;
  course.run = TrainingCourse::Run::kNone;
  state_.inbox.notice = conclusion_text(run, rate, rules, reason);
}

void TrainerWork::advance_companions() {
  const std::stop_token stop = state_.turn.stop.get_token();
  lock_.unlock();
  state_.current.companions.advance(state_.current.run->last_step(), stop, 50);
  lock_.lock();
}

// Checks the gradient. If a command stops the check, it is tried again afterwards.
void TrainerWork::check_gradient() {
  const std::stop_token stop = state_.turn.stop.get_token();
  lock_.unlock();
  const std::optional<GradientCheck> check = state_.current.run->check(stop);
  lock_.lock();
  state_.current.check = check;
}

// Computes the distances of steps that were taken before the exact solution was known.
void TrainerWork::fill_distances() {
  const std::stop_token stop = state_.turn.stop.get_token();
  lock_.unlock();
  state_.current.run->fill_distances(stop);
  lock_.lock();
}

void TrainerWork::publish() {
  const bool with_prediction = state_.inbox.with_prediction;
  lock_.unlock();
  auto snapshot =
      std::make_shared<TrainingSnapshot>(snapshot_of(*state_.current.run, with_prediction));
  snapshot->compared = state_.current.companions.histories();
  snapshot->check = state_.current.check;
  lock_.lock();
  const bool runs = state_.inbox.course.run != TrainingCourse::Run::kNone;
  snapshot->state = state_.current.run->diverged() ? TrainingState::kDiverged
                    : runs                         ? TrainingState::kRunning
                                                   : TrainingState::kPaused;
  snapshot->notice = state_.inbox.notice;
  snapshot->analysis_cancelled = state_.analysis == TrainerState::Analysis::kCancelled;
  state_.snapshot = std::move(snapshot);
  lock_.unlock();
  state_.wake();
  lock_.lock();
}

}  // namespace convscope::session
