#include "app/program/live/live.h"

#include <chrono>
#include <utility>

#include "app/files/memory_limit.h"

namespace convscope::program {
namespace {

// The time for which a stage under way may delay a newer one: practically unlimited. During a drag
// every stage is then completed, and the Layers page keeps moving, instead of each one being
// cancelled by the next.
constexpr std::chrono::hours kStagePatience{1};

}  // namespace

Live::Live(const std::function<void()>& wake)
    : evaluator_(wake, scene_memory_limit()),
      trainer_(wake, {.memory = learning_memory_limit()}),
      stage_maker_(
          [limit = scene_memory_limit()](const StageRequest& request, const std::stop_token& stop) {
            return make_stage_view(request, stop, limit);
          },
          wake, {.patience = kStagePatience}),
      shifts_(wake),
      backward_(wake),
      gradients_(wake) {}

void Live::follow(const Document& document, bool shows_learning) {
  trainer_.show(shows_learning);
  if (followed_ == document.version()) return;
  followed_ = document.version();
  evaluator_.submit(document.scene());
  trainer_.submit(document.scene());
}

void Live::poll() {
  results_ = evaluator_.results();
  if (TrainingSnapshotPtr newest = trainer_.snapshot(); newest != training_.snapshot) {
    training_ = {std::move(newest), training_.version + 1};
  }
  if (std::optional<StageView> newest = stage_maker_.take(); newest && stage_wanted_.results) {
    stage_ = std::make_shared<const StageView>(std::move(*newest));
  }
  shifts_.poll();
  backward_.poll();
}

void Live::follow_stage(const std::optional<StageRequest>& wanted) {
  if (!wanted) {  // frees the results, which may be large
    if (!stage_wanted_.results && !stage_) return;
    stage_maker_.cancel();
    stage_.reset();
    stage_wanted_ = {};
    return;
  }
  if (*wanted == stage_wanted_) return;
  stage_wanted_.results = wanted->results;
  if (*wanted != stage_wanted_) stage_maker_.cancel();  // the one under way is of another stage
  stage_maker_.submit(*wanted);
  stage_wanted_ = *wanted;
}

void Live::perform(const ShowStepPart& shown) {
  if (step_part_) step_part_ = shown.part;
}

void Live::perform(TrainingCommand command) {
  const TrainingSnapshotPtr& now = training_.snapshot;
  const bool running = now != nullptr && now->state == TrainingState::kRunning;
  const auto from_the_first_part = [&] {
    if (step_part_) step_part_ = StepPart::kForward;
  };
  switch (command) {
    case TrainingCommand::kStep:
      next_step_part();
      break;
    case TrainingCommand::kRun:
      from_the_first_part();
      trainer_.run();
      break;
    case TrainingCommand::kCancel:
      trainer_.cancel();
      break;
    case TrainingCommand::kPreviousKeyframe:
    case TrainingCommand::kNextKeyframe:
      seek_keyframe(command == TrainingCommand::kNextKeyframe);
      break;
    case TrainingCommand::kSlowMotion:
      trainer_.pause();
      step_part_ = step_part_ ? std::nullopt : std::optional(StepPart::kForward);
      trainer_.want_prediction(step_part_.has_value());
      break;
    case TrainingCommand::kPause:
      trainer_.pause();
      break;
    case TrainingCommand::kToggle:
      from_the_first_part();
      running ? trainer_.pause() : trainer_.run();
      break;
    case TrainingCommand::kReset:
      from_the_first_part();
      trainer_.reset();
      break;
  }
}

void Live::start_over(Index steps) {
  const bool begun = training_.snapshot != nullptr && training_.snapshot->step > 0;
  if (!begun && steps == 0) return;  // sums over a large input cost much
  trainer_.reset();
  for (Index i = 0; i < steps; ++i)
    trainer_.step();
}

// Takes one step. In slow motion it goes to the next part of the step instead; after the last part
// it takes the step.
void Live::next_step_part() {
  if (step_part_ && *step_part_ != StepPart::kUpdate) {
    step_part_ = static_cast<StepPart>(static_cast<int>(*step_part_) + 1);
    return;
  }
  if (step_part_) step_part_ = StepPart::kForward;
  trainer_.step();
}

// Goes to the keyframe after the current step, or to the one before it.
void Live::seek_keyframe(bool next) {
  const TrainingSnapshotPtr& training = training_.snapshot;
  if (!training || training->keyframes.empty()) return;
  const Index now = training->step;
  std::optional<Index> wanted;
  for (const KeyframePtr& frame : training->keyframes) {
    if (next && frame->step > now) {
      wanted = frame->step;
      break;
    }
    if (!next && frame->step < now) wanted = frame->step;
  }
  // There may be further steps after the last keyframe.
  if (next && !wanted && training->history.back().step > now) {
    wanted = training->history.back().step;
  }
  if (wanted) trainer_.seek(*wanted);
}

void Live::wait_for_results() {
  evaluator_.wait();
  trainer_.wait();
}

void Live::wait_for_views() {
  stage_maker_.wait();
  shifts_.wait();
  backward_.wait();
  gradients_.wait();
}

}  // namespace convscope::program
