#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "app/program/document/document.h"
#include "app/program/live/live_actions.h"
#include "app/program/names.h"
#include "app/session/backward_finder.h"
#include "app/session/evaluator.h"
#include "app/session/gradient_explainer.h"
#include "app/session/shift_finder.h"
#include "app/session/stage_view.h"
#include "app/session/trainer.h"
#include "app/session/worker.h"

namespace convscope::program {

// The newest snapshot of the training.
struct TrainingRevision {
  TrainingSnapshotPtr snapshot;  // null before the first
  std::uint64_t version = 0;     // increases with every new snapshot
};

// Holds the newest results that follow from the document, and the workers that compute them. All
// members are called from one thread, and all but wait_for_results() and wait_for_views() return at
// once.
class Live {
 public:
  // `wake` is called from the workers when there is something new. Results that would need more
  // memory than is set aside for them are not computed, and their error texts say so.
  explicit Live(const std::function<void()>& wake);

  // Requests everything that follows from the document if it has changed. `shows_learning` says
  // whether the learning is visible, because it costs much for large inputs.
  void follow(const Document& document, bool shows_learning);
  // Takes over the results that the workers have finished.
  void poll();
  // Requests the view of one stage of the layers. nullopt frees the stage that is held.
  void follow_stage(const std::optional<StageRequest>& wanted);
  // Requests what a shift of the input does to these results. nullopt forgets what was found.
  void follow_shift(const std::optional<ShiftRequest>& wanted) { shifts_.follow(wanted); }
  // Request gradients, pictures of them, and what a nudge does. nullopt forgets what was found.
  void follow_backward(const std::optional<BackwardRequest>& wanted) { backward_.follow(wanted); }
  void follow_look(const std::optional<GradientLook>& wanted) { backward_.look(wanted); }
  void follow_nudge(const std::optional<NudgeRequest>& wanted) { backward_.follow_nudge(wanted); }
  // To be called after each frame: gradient sums that the frame did not ask for are dropped.
  void end_frame() {
    gradients_.end_frame();
    backward_.explainer().end_frame();
  }

  // Carry out the actions of the learning.
  void perform(TrainingCommand command);
  void perform(const SeekTraining& seek) { trainer_.seek(seek.step); }
  void perform(const ShowStepPart& shown);
  // Begins the run again and takes so many steps of it.
  void start_over(Index steps);

  // Returns the newest results; null before the first.
  const ResultsPtr& results() const { return results_; }
  const TrainingRevision& training() const { return training_; }
  // Returns the view of the stage that follow_stage() requested; null if there is none. Until a new
  // one is finished it is the one before.
  const std::shared_ptr<const StageView>& stage() const { return stage_; }
  // Returns what the shift does that follow_shift() was told of; null before it is found. Until a
  // new one is found it is the one before.
  const ShiftEffect* shift_effect() const { return shifts_.effect(); }
  // Return what follow_backward(), follow_look() and follow_nudge() were told of; null before it is
  // found. Until a new one is found it is the one before.
  const BackwardResults* backward() const { return backward_.gradients(); }
  BackwardPtr shared_backward() const { return backward_.shared_gradients(); }
  const GradientView* gradient_view() const { return backward_.view(); }
  const NudgeEffect* nudge() const { return backward_.nudge(); }
  // Returns the part of the current step at which slow motion stops; nullopt without slow motion.
  std::optional<StepPart> step_part() const { return step_part_; }
  TrainingProgress progress() const { return trainer_.progress(); }
  // Returns the source of the sums behind single weights of the gradient, which it computes on
  // request.
  GradientExplainer& gradients() { return gradients_; }
  // The same for the gradients that follow_backward() asked for.
  WeightExplainer& weight_sums() { return backward_.explainer(); }
  // Returns whether results or a stage are being computed.
  bool computing() const { return evaluator_.busy() || stage_maker_.busy(); }
  // Blocks until the requested results and training are computed; poll() then takes them over.
  void wait_for_results();
  // The same for the stage and the gradient sums.
  void wait_for_views();

 private:
  void next_step_part();
  void seek_keyframe(bool next);

  std::uint64_t followed_ = 0;  // the version of the document that was followed last
  ResultsPtr results_;
  TrainingRevision training_;
  std::shared_ptr<const StageView> stage_;
  StageRequest stage_wanted_;  // the last request; without results if no stage is wanted
  std::optional<StepPart> step_part_;
  // These are last, so that their workers end before the other members are destroyed.
  Evaluator evaluator_;
  Trainer trainer_;
  Worker<StageRequest, StageView> stage_maker_;
  ShiftFinder shifts_;
  BackwardFinder backward_;
  GradientExplainer gradients_;
};

}  // namespace convscope::program
