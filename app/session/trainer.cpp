#include "app/session/trainer.h"

#include <thread>
#include <utility>

#include "app/session/trainer_state.h"
#include "app/session/trainer_work.h"

namespace convscope::session {

// Commands go into the inbox of the state. The worker chooses the most urgent job there, does it,
// publishes a snapshot and chooses again.
struct Trainer::Impl {
  Impl(std::function<void()> wake, const TrainerOptions& options)
      : state(std::move(wake), options),
        worker([this](const std::stop_token& quit) { TrainerWork(state).run(quit); }) {}

  TrainerState state;
  std::jthread worker;
};

Trainer::Trainer(std::function<void()> wake, const TrainerOptions& options)
    : impl_(std::make_unique<Impl>(std::move(wake), options)) {}

Trainer::~Trainer() {
  {
    const std::scoped_lock lock(impl_->state.mutex);
    impl_->worker.request_stop();
    impl_->state.turn.stop.request_stop();
  }
  impl_->state.changed.notify_all();
}

void Trainer::submit(const Scene& scene) {
  TrainerState& state = impl_->state;
  TrainingSetup setup = training_setup(scene);
  const std::scoped_lock lock(state.mutex);
  state.inbox.follow(scene.learning);
  if (state.inbox.asked == setup) {
    state.changed.notify_all();
    return;
  }
  state.inbox.asked = std::move(setup);
  state.start_over(*state.inbox.asked);
}

void Trainer::show(bool shown) {
  TrainerState& state = impl_->state;
  const std::scoped_lock lock(state.mutex);
  if (std::exchange(state.inbox.shown, shown) != shown) state.changed.notify_all();
}

void Trainer::run() {
  TrainerState& state = impl_->state;
  const std::scoped_lock lock(state.mutex);
  state.inbox.run();
  state.stop_up_to(TrainerJob::kCompanions);
}

void Trainer::pause() {
  TrainerState& state = impl_->state;
  const std::scoped_lock lock(state.mutex);
  state.inbox.pause();
  state.stop_up_to(TrainerJob::kSteps);
}

void Trainer::step() {
  TrainerState& state = impl_->state;
  const std::scoped_lock lock(state.mutex);
  if (state.inbox.step()) state.stop_up_to(TrainerJob::kCompanions);
}

void Trainer::seek(Index step) {
  TrainerState& state = impl_->state;
  const std::scoped_lock lock(state.mutex);
  // A seek to the same step that is under way need not be stopped and begun again.
  const bool goes_there = state.turn.job == TrainerJob::kSeek && state.turn.seek == step &&
                          !state.turn.stop.stop_requested();
  state.inbox.seek(step);
  if (!goes_there) state.stop_up_to(TrainerJob::kSeek);
}

void Trainer::reset() {
  TrainerState& state = impl_->state;
  const std::scoped_lock lock(state.mutex);
  if (state.inbox.asked) state.start_over(*state.inbox.asked);
}

void Trainer::cancel() {
  TrainerState& state = impl_->state;
  const std::scoped_lock lock(state.mutex);
  if (state.analysing()) {
    state.stop_analysis(TrainerState::Analysis::kCancelled);
    state.inbox.republish = true;
    state.changed.notify_all();
  }
  if (state.inbox.beginning) {
    state.inbox.beginning->cancelled = true;
  } else if (state.meter.read().work != TrainingProgress::Work::kNone) {
    state.turn.cancel();
  }
}

void Trainer::want_prediction(bool wanted) {
  TrainerState& state = impl_->state;
  const std::scoped_lock lock(state.mutex);
  if (std::exchange(state.inbox.with_prediction, wanted) == wanted) return;
  state.inbox.republish = true;
  state.changed.notify_all();
}

TrainingSnapshotPtr Trainer::snapshot() const {
  const TrainerState& state = impl_->state;
  const std::scoped_lock lock(state.mutex);
  return state.snapshot;
}

TrainingProgress Trainer::progress() const {
  const TrainerState& state = impl_->state;
  const TrainingProgress progress = state.meter.read();
  const std::scoped_lock lock(state.mutex);
  if (progress.work != TrainingProgress::Work::kNone || !state.awaits_analysis()) return progress;
  return {TrainingProgress::Work::kAnalysis, state.analyst.share()};
}

// The turn under way may have begun before the last command. A run that goes on has carried out the
// command at the latest in the turn after it.
void Trainer::wait() {
  TrainerState& state = impl_->state;
  std::unique_lock<std::mutex> lock(state.mutex);
  state.inbox.changed_at = {};
  state.inbox.hurry();
  state.changed.notify_all();
  const std::uint64_t turn = state.turn.number;
  state.changed.wait(lock, [&] {
    if (state.turn.job != TrainerJob::kNothing || state.awaits_analysis()) return false;
    return state.next_job() == TrainerJob::kNothing ||
           (state.only_runs() && state.turn.number > turn);
  });
}

}  // namespace convscope::session
