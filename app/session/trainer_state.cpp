#include "app/session/trainer_state.h"

#include <algorithm>
#include <utility>

namespace convscope::session {
namespace {

// Returns whether the sums of `data` take more than a few milliseconds.
bool are_slow(const TrainingData& data) {
  constexpr Index kProducts = Index{1} << 24;  // number of products of a convolution
  return data.input->numel() > kProducts / std::max<Index>(1, data.target.weight.numel());
}

}  // namespace

TrainerState::TrainerState(std::function<void()> wake_up, const TrainerOptions& wanted)
    : wake(std::move(wake_up)), options(wanted), analyst([this] {
        {
          const std::scoped_lock lock(mutex);
          if (analysis == Analysis::kPending) analysis = Analysis::kReady;
        }
        changed.notify_all();
      }) {}

void TrainerState::stop_up_to(TrainerJob job) {
  if (turn.job <= job) turn.stop.request_stop();
  changed.notify_all();
}

void TrainerState::start_over(const TrainingSetup& setup) {
  const TrainingRun* run = current.run.get();
  const bool known = run != nullptr && run->data()->loss && run->data()->data == setup.data;
  inbox.start_over(setup, Clock::now(), !known && are_slow(setup.data));
  if (analysing() && analyst.problem()->data != setup.data) stop_analysis(Analysis::kNone);
  stop_up_to(TrainerJob::kBegin);
}

bool TrainerState::analysing() const {
  return analysis == Analysis::kPending || analysis == Analysis::kReady;
}

bool TrainerState::awaits_analysis() const {
  return analysing() && !inbox.beginning;
}

void TrainerState::stop_analysis(Analysis now) {
  analyst.cancel();
  analysis = now;
}

TrainerJob TrainerState::next_job() const {
  if (inbox.beginning) {
    const bool due = inbox.begins() && Clock::now() >= inbox.beginning->earliest;
    return due ? TrainerJob::kBegin : TrainerJob::kNothing;
  }
  // Nothing was submitted yet, or there was no memory for it.
  if (!current.run) return TrainerJob::kNothing;
  const TrainingCourse& course = inbox.course;
  if (inbox.compared != current.compared) return TrainerJob::kCompare;
  if (analysis == Analysis::kReady) return TrainerJob::kAnalysis;
  if (course.seek) return TrainerJob::kSeek;
  if (course.moves_on()) {
    if (steps_are_due()) return TrainerJob::kSteps;
    return inbox.republish ? TrainerJob::kPublish : TrainerJob::kNothing;
  }
  if (current.companions.behind(current.run->last_step())) return TrainerJob::kCompanions;
  if (!current.check && current.run->learner() != nullptr) return TrainerJob::kCheck;
  if (current.run->wants_distances()) return TrainerJob::kDistances;
  return inbox.republish ? TrainerJob::kPublish : TrainerJob::kNothing;
}

bool TrainerState::waits_for_cliff() const {
  return inbox.pace.share_of_cliff > 0.0f && awaits_analysis();
}

// Lets the steps be seen: a run's next batch comes after a pause, which a command ends at once.
bool TrainerState::steps_are_due() const {
  const TrainingCourse& course = inbox.course;
  if (waits_for_cliff()) return false;
  return course.steps > 0 || course.run == TrainingCourse::Run::kAsked ||
         Clock::now() >= last_batch + inbox.pace.pause();
}

std::optional<TrainerState::Clock::time_point> TrainerState::next_time() const {
  if (inbox.begins()) return inbox.beginning->earliest;
  const bool runs = current.run && inbox.course.run == TrainingCourse::Run::kUnderWay;
  if (inbox.beginning || !runs || waits_for_cliff()) return std::nullopt;
  return last_batch + inbox.pace.pause();
}

bool TrainerState::only_runs() const {
  return next_job() == TrainerJob::kSteps && inbox.course.steps == 0 &&
         inbox.course.run == TrainingCourse::Run::kUnderWay && !inbox.republish;
}

}  // namespace convscope::session
