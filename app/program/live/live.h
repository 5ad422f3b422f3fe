#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "app/program/document/document.h"
#include "app/program/live/live_actions.h"
#include "app/program/names.h"
#include "app/session/evaluator.h"
#include "app/session/gradient_explainer.h"
#include "app/session/stage_view.h"
#include "app/session/trainer.h"
#include "app/session/worker.h"

namespace convscope::program {

struct TrainingRevision {
  TrainingSnapshotPtr snapshot;  // null until the first is there
  std::uint64_t version = 0;
};

// Holds the newest of what follows from the document, and the workers that compute it. All members
// are called from one thread, and return at once except the two that wait.
class Live {
 public:
  // `wake` is called from the workers when something new is there. Results that would take more
  // memory than is for them are not made, and say so.
  explicit Live(const std::function<void()>& wake);

  // The one place that is told of a change of the document, and asks for what follows from it.
  // `shows_learning`: somebody looks at the learning, which costs much for large inputs.
  void follow(const Document& document, bool shows_learning);
  // Takes up what the workers have finished.
  void poll();
  // Asks for a stage of the newest results; nothing lets go of what is held for one.
  void follow_stage(const std::optional<StageRequest>& wanted);
  void end_frame() { gradients_.end_frame(); }

  void perform(TrainingCommand command);
  void perform(const SeekTraining& seek) { trainer_.seek(seek.step); }
  void perform(const ShowStepPart& shown);

  // The newest; null until the first are there.
  const ResultsPtr& results() const { return results_; }
  const TrainingRevision& training() const { return training_; }
  // What is shown of one stage of the chain of layers; null while none is.
  const std::shared_ptr<const StageView>& stage() const { return stage_; }
  // The part of the present step that slow motion stops at; empty without slow motion.
  std::optional<StepPart> step_part() const { return step_part_; }
  TrainingProgress progress() const { return trainer_.progress(); }
  // Sums behind single weights of the gradient, made where one is asked for.
  GradientExplainer& gradients() { return gradients_; }
  bool computing() const { return evaluator_.busy() || stage_maker_.busy(); }
  // Blocks until everything that was asked for is computed; poll() takes it up.
  void wait_for_results();
  void wait_for_views();

 private:
  void next_step_part();
  void seek_keyframe(bool forth);

  std::uint64_t followed_ = 0;  // the version of the document
  ResultsPtr results_;
  TrainingRevision training_;
  std::shared_ptr<const StageView> stage_;
  StageRequest stage_wanted_;  // that was asked for last
  std::optional<StepPart> step_part_;
  // Last: their workers wake the rest.
  Evaluator evaluator_;
  Trainer trainer_;
  Worker<StageRequest, StageView> stage_maker_;
  GradientExplainer gradients_;
};

}  // namespace convscope::program
