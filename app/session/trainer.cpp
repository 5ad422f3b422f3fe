#include "app/session/trainer.h"

#include <algorithm>

#include "app/session/trainer_impl.h"

namespace convscope {
namespace {

// Sums over large inputs are not begun while one change follows another as in a drag: only when
// none has come for so long.
constexpr auto kPatience = std::chrono::milliseconds(150);

// Whether the sums of these data take more than a few milliseconds.
bool are_slow(const TrainingData& data) {
  constexpr Index kProducts = Index{1} << 24;  // of a convolution
  return data.input->numel() > kProducts / std::max<Index>(1, data.target.weight.numel());
}

}  // namespace

Trainer::Impl::Impl(std::function<void()> wake, TrainerOptions options)
    : wake_(std::move(wake)),
      options_(options),
      analyst_([this] {
        {
          const std::scoped_lock lock(mutex_);
          analysis_due_ = true;
        }
        changed_.notify_all();
      }),
      worker_([this](const std::stop_token& quit) { work(quit); }) {}

Trainer::Impl::~Impl() {
  {
    const std::scoped_lock lock(mutex_);
    worker_.request_stop();
    current_.request_stop();
  }
  changed_.notify_all();
}

void Trainer::Impl::submit(const Scene& scene) {
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

void Trainer::Impl::show(bool shown) {
  const std::scoped_lock lock(mutex_);
  if (shown_ == shown) return;
  shown_ = shown;
  changed_.notify_all();
}

void Trainer::Impl::run() {
  const std::scoped_lock lock(mutex_);
  running_ = true;
  watch_due_ = true;
  begin_at_ = {};
  notice_.clear();
  interrupt(Work::kLater);
  changed_.notify_all();
}

void Trainer::Impl::pause() {
  const std::scoped_lock lock(mutex_);
  running_ = false;
  steps_due_ = 0;
  publish_due_ = snapshot_ != nullptr;  // the state in it has changed
  interrupt(Work::kSteps);
  changed_.notify_all();
}

void Trainer::Impl::step() {
  const std::scoped_lock lock(mutex_);
  if (running_) return;
  ++steps_due_;
  begin_at_ = {};
  notice_.clear();
  interrupt(Work::kLater);
  changed_.notify_all();
}

void Trainer::Impl::seek(Index step) {
  const std::scoped_lock lock(mutex_);
  running_ = false;
  steps_due_ = 0;
  notice_.clear();
  const bool under_way = seeking_ == step && !current_.stop_requested();
  if (under_way && !seek_due_) return;
  seek_due_ = step;
  interrupt(Work::kReplay);
  changed_.notify_all();
}

void Trainer::Impl::reset() {
  const std::scoped_lock lock(mutex_);
  if (asked_.has_value()) start_over(*asked_);
}

void Trainer::Impl::cancel() {
  const std::scoped_lock lock(mutex_);
  if (analyst_.problem()) {
    analyst_.cancel();
    analysis_cancelled_ = publish_due_ = true;
    changed_.notify_all();
  }
  cancelled_ = pending_setup_.has_value() || meter_.read().work != TrainingProgress::Work::kNone;
  if (cancelled_) current_.request_stop();
}

void Trainer::Impl::want_prediction(bool wanted) {
  const std::scoped_lock lock(mutex_);
  if (with_prediction_ == wanted) return;
  with_prediction_ = wanted;
  publish_due_ = snapshot_ != nullptr;
  changed_.notify_all();
}

TrainingSnapshotPtr Trainer::Impl::snapshot() const {
  const std::scoped_lock lock(mutex_);
  return snapshot_;
}

TrainingProgress Trainer::Impl::progress() const {
  const TrainingProgress progress = meter_.read();
  const std::scoped_lock lock(mutex_);
  if (progress.work != TrainingProgress::Work::kNone || !analyst_.problem()) return progress;
  return {TrainingProgress::Work::kAnalysis, analyst_.share()};
}

void Trainer::Impl::wait() {
  Lock lock(mutex_);
  asked_at_ = begin_at_ = {};
  changed_.notify_all();
  changed_.wait(lock, [&] { return !working_ && !has_work() && !analyst_.problem(); });
}

void Trainer::Impl::interrupt(Work least) {
  if (work_ <= least) current_.request_stop();
}

void Trainer::Impl::start_over(TrainingSetup setup) {
  const bool known = run_ && run_->data()->loss && run_->data()->data == setup.data;
  const Clock::time_point now = Clock::now();
  const bool follows = now - std::exchange(asked_at_, now) < kPatience;
  begin_at_ = follows && !known && are_slow(setup.data) ? now + kPatience : now;
  if (analyst_.problem() && analyst_.problem()->data != setup.data) analyst_.cancel();
  pending_setup_ = std::move(setup);
  running_ = false;
  steps_due_ = 0;
  seek_due_.reset();
  notice_.clear();
  cancelled_ = false;
  interrupt(Work::kSums);
  changed_.notify_all();
}

bool Trainer::Impl::begins() const {
  return pending_setup_.has_value() && (shown_ || running_ || steps_due_ > 0);
}

bool Trainer::Impl::has_work() const {
  if (pending_setup_.has_value()) return begins() && Clock::now() >= begin_at_;
  return seek_due_.has_value() || steps_due_ > 0 || running_ || publish_due_ || compared_due_ ||
         companions_due_ || analysis_due_ || idle_work_;
}

Trainer::Trainer(std::function<void()> wake, TrainerOptions options)
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

}  // namespace convscope
