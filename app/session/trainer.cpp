#include "app/session/trainer.h"

#include <algorithm>

#include "app/session/trainer_impl.h"

namespace convscope::session {
namespace {

// Whether the sums of these data take more than a few milliseconds.
bool are_slow(const TrainingData& data) {
  constexpr Index kProducts = Index{1} << 24;  // of a convolution
  return data.input->numel() > kProducts / std::max<Index>(1, data.target.weight.numel());
}

}  // namespace

Trainer::Impl::Impl(std::function<void()> wake, const TrainerOptions& options)
    : wake_(std::move(wake)),
      options_(options),
      analyst_([this] {
        {
          const std::scoped_lock lock(mutex_);
          if (analysis_ == Analysis::kPending) analysis_ = Analysis::kReady;
        }
        changed_.notify_all();
      }),
      worker_([this](const std::stop_token& quit) { work(quit); }) {}

Trainer::Impl::~Impl() {
  {
    const std::scoped_lock lock(mutex_);
    worker_.request_stop();
    under_way_.stop.request_stop();
  }
  changed_.notify_all();
}

void Trainer::Impl::submit(const Scene& scene) {
  TrainingSetup setup = training_setup(scene);
  const std::scoped_lock lock(mutex_);
  inbox_.follow(scene.learning);
  if (inbox_.asked == setup) {
    changed_.notify_all();
    return;
  }
  inbox_.asked = std::move(setup);
  start_over(*inbox_.asked);
}

void Trainer::Impl::show(bool shown) {
  const std::scoped_lock lock(mutex_);
  if (std::exchange(inbox_.shown, shown) != shown) changed_.notify_all();
}

void Trainer::Impl::run() {
  const std::scoped_lock lock(mutex_);
  inbox_.run();
  stop_up_to(Job::kCompanions);
}

void Trainer::Impl::pause() {
  const std::scoped_lock lock(mutex_);
  inbox_.pause();
  stop_up_to(Job::kSteps);
}

void Trainer::Impl::step() {
  const std::scoped_lock lock(mutex_);
  if (inbox_.step()) stop_up_to(Job::kCompanions);
}

void Trainer::Impl::seek(Index step) {
  const std::scoped_lock lock(mutex_);
  // Not begun anew where it goes there already.
  const bool goes_there =
      under_way_.job == Job::kSeek && under_way_.seek == step && !under_way_.stop.stop_requested();
  inbox_.seek(step);
  if (!goes_there) stop_up_to(Job::kSeek);
}

void Trainer::Impl::reset() {
  const std::scoped_lock lock(mutex_);
  if (inbox_.asked) start_over(*inbox_.asked);
}

void Trainer::Impl::cancel() {
  const std::scoped_lock lock(mutex_);
  if (analysing()) {
    stop_analysis(Analysis::kCancelled);
    inbox_.retell = true;
    changed_.notify_all();
  }
  if (inbox_.beginning) {
    inbox_.beginning->cancelled = true;
  } else if (meter_.read().work != TrainingProgress::Work::kNone) {
    under_way_.cancel();
  }
}

void Trainer::Impl::want_prediction(bool wanted) {
  const std::scoped_lock lock(mutex_);
  if (std::exchange(inbox_.with_prediction, wanted) == wanted) return;
  inbox_.retell = true;
  changed_.notify_all();
}

TrainingSnapshotPtr Trainer::Impl::snapshot() const {
  const std::scoped_lock lock(mutex_);
  return snapshot_;
}

TrainingProgress Trainer::Impl::progress() const {
  const TrainingProgress progress = meter_.read();
  const std::scoped_lock lock(mutex_);
  if (progress.work != TrainingProgress::Work::kNone || !awaits_analysis()) return progress;
  return {TrainingProgress::Work::kAnalysis, analyst_.share()};
}

// What a command changes the turn that is under way may have overlooked: a run that goes on has
// carried it out with the next one.
void Trainer::Impl::wait() {
  Lock lock(mutex_);
  inbox_.changed_at = {};
  inbox_.hurry();
  changed_.notify_all();
  const std::uint64_t turn = under_way_.turn;
  changed_.wait(lock, [&] {
    if (under_way_.job != Job::kNothing || awaits_analysis()) return false;
    return next_job() == Job::kNothing || (only_runs() && under_way_.turn > turn);
  });
}

void Trainer::Impl::stop_up_to(Job job) {
  if (under_way_.job <= job) under_way_.stop.request_stop();
  changed_.notify_all();
}

void Trainer::Impl::start_over(const TrainingSetup& setup) {
  const TrainingRun* run = current_.run.get();
  const bool known = run != nullptr && run->data()->loss && run->data()->data == setup.data;
  inbox_.start_over(setup, Clock::now(), !known && are_slow(setup.data));
  if (analysing() && analyst_.problem()->data != setup.data) stop_analysis(Analysis::kNone);
  stop_up_to(Job::kBegin);
}

bool Trainer::Impl::analysing() const {
  return analysis_ == Analysis::kPending || analysis_ == Analysis::kReady;
}

bool Trainer::Impl::awaits_analysis() const {
  return analysing() && !inbox_.beginning;
}

void Trainer::Impl::stop_analysis(Analysis now) {
  analyst_.cancel();
  analysis_ = now;
}

Trainer::Impl::Job Trainer::Impl::next_job() const {
  if (inbox_.beginning) {
    const bool due = inbox_.begins() && Clock::now() >= inbox_.beginning->earliest;
    return due ? Job::kBegin : Job::kNothing;
  }
  // Nothing was submitted yet, or there was no memory for it.
  if (!current_.run) return Job::kNothing;
  const TrainingCourse& course = inbox_.course;
  if (inbox_.compared != current_.compared) return Job::kCompare;
  if (analysis_ == Analysis::kReady) return Job::kAnalysis;
  if (course.seek) return Job::kSeek;
  if (course.moves_on()) return Job::kSteps;
  if (current_.companions.behind(current_.run->last_step())) return Job::kCompanions;
  if (!current_.check && current_.run->learner() != nullptr) return Job::kCheck;
  if (current_.run->wants_distances()) return Job::kDistances;
  return inbox_.retell ? Job::kPublish : Job::kNothing;
}

bool Trainer::Impl::only_runs() const {
  return next_job() == Job::kSteps && inbox_.course.steps == 0 &&
         inbox_.course.run == TrainingCourse::Run::kUnderWay && !inbox_.retell;
}

Trainer::Trainer(std::function<void()> wake, const TrainerOptions& options)
    : impl_(std::make_unique<Impl>(std::move(wake), options)) {}
Trainer::~Trainer() = default;
void Trainer::submit(const Scene& scene) {
  impl_->submit(scene);
}
void Trainer::show(bool shown) {
  impl_->show(shown);
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

}  // namespace convscope::session
