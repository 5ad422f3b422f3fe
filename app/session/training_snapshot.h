#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/names.h"
#include "app/session/training_run.h"

namespace convscope::session {

enum class TrainingState { kPaused, kRunning, kDiverged };

// The losses of a run that learns beside the main run for comparison, and the states that it went
// through. The last of them is its current state.
struct ComparedHistory {
  ComparedRun run;
  std::vector<LossPoint> history;
  std::vector<KeyframePtr> keyframes;
};

// Everything that the learning cards show of a run. It is one struct with many data members, so
// that all of them belong to the same step.
struct TrainingSnapshot {
  TrainingState state = TrainingState::kPaused;
  Index step = 0;        // number of steps taken so far
  double loss = 0.0;     // the loss of `weight` and `bias`
  Tensor start;          // the weights of step 0, shaped as in Parameters
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
  std::vector<RateChange> rates;       // as TrainingRun::rates
  std::vector<LossPoint> history;      // thinned to a bounded number of points
  std::vector<KeyframePtr> keyframes;  // states to return to, the start first; thinned as well
  std::vector<ComparedHistory> compared;
  std::shared_ptr<const TrainingAnalysis> analysis;  // null while it is being computed
  bool analysis_cancelled = false;     // whether the analysis will not be computed before a reset
  std::optional<GradientCheck> check;  // check of the current gradient; nullopt during the run
  // The error along each eigenvector, as errors_along returns it; empty while they are not known.
  std::vector<double> along;
  double distance = 0.0;  // distance to the exact solution, as in LossPoint
  std::shared_ptr<const LearningProblem> problem;
  TrainingProblemPtr made_from;  // what of the scene the run learns
  std::string message;           // one sentence why no step can be taken; else empty
  std::string notice;            // one sentence which rule paused the run; else empty
};

using TrainingSnapshotPtr = std::shared_ptr<const TrainingSnapshot>;

// Returns the position of the largest value by magnitude in each plane of a tensor [N, C, H, W],
// picture after picture.
std::vector<Yx> largest_places(const Tensor& tensor);

// Returns the parameters after the next step at `rate`.
Parameters next_parameters(const TrainingSnapshot& snapshot, float rate);

// Returns the snapshot of a run, with the prediction if `with_prediction`. The members that only
// the worker knows keep their defaults.
TrainingSnapshot snapshot_of(const TrainingRun& run, bool with_prediction);

}  // namespace convscope::session
