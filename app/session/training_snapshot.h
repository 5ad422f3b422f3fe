#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/names.h"
#include "app/session/training_run.h"

namespace convscope::session {

enum class TrainingState { kPaused, kRunning, kDiverged };

// The losses of a run for comparison, which learns beside the main run from the same start.
struct ComparedHistory {
  ComparedRun run;
  std::vector<LossPoint> history;
};

// All that the learning panel shows, of one piece: many data members, so that none of what is shown
// is of another step than the rest.
struct TrainingSnapshot {
  TrainingState state = TrainingState::kPaused;
  Index step = 0;        // steps taken so far
  double loss = 0.0;     // of `weight`
  Tensor start;          // the weights of step 0, as the problem takes them
  Tensor weight;         // the current weights, of the same shape
  Tensor gradient;       // d(loss)/d(weight), of the same shape
  TensorPtr target;      // [N, C', H', W']
  TensorPtr error;       // prediction - target, of the same shape
  TensorPtr prediction;  // null unless asked for
  // If there is a prediction: the position of the largest error by magnitude in each plane.
  std::vector<Yx> largest_errors;
  std::vector<float> bias;             // the learned bias, or empty
  std::vector<float> bias_gradient;    // of the same length
  Optimizer optimizer;                 // takes the next step
  std::vector<LossPoint> history;      // thinned to a bounded number of points
  std::vector<KeyframePtr> keyframes;  // states to return to, the start first, thinned too
  std::vector<ComparedHistory> compared;
  std::shared_ptr<const TrainingAnalysis> analysis;  // null while it is being computed
  bool analysis_cancelled = false;                   // it is computed after a reset then
  std::optional<GradientCheck> check;  // of the current gradient; nullopt during the run
  double distance = 0.0;               // to the exact solution, as in LossPoint
  std::shared_ptr<const LearningProblem> problem;
  std::string message;  // one sentence why the run can't go on or there is none; else empty
  std::string notice;   // one sentence which rule paused the run; else empty
};

using TrainingSnapshotPtr = std::shared_ptr<const TrainingSnapshot>;

// Returns the position of the largest value by magnitude in each plane, picture after picture.
std::vector<Yx> largest_places(const Tensor& tensor);

// Returns the parameters after the next step.
Parameters next_parameters(const TrainingSnapshot& snapshot, float rate);

// Returns the snapshot of a run, except for the members that the worker fills in.
TrainingSnapshot snapshot_of(const TrainingRun& run, bool with_prediction);

}  // namespace convscope::session
