#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/training_run.h"

namespace convscope {

enum class TrainingState { kPaused, kRunning, kDiverged };

// A run that learns beside the run from the same start.
struct ComparedHistory {
  ComparedRun run;
  std::vector<LossPoint> history;
};

// All that the learning panel shows, of one piece: many data members, so that none of what is shown
// is of another step than the rest.
struct TrainingSnapshot {
  TrainingState state = TrainingState::kPaused;
  Index step = 0;        // steps taken so far
  double loss = 0.0;     // with `weight`
  Tensor start;          // the weights of step 0, as the problem takes them
  Tensor weight;         // now, the same shape
  Tensor gradient;       // d(loss)/d(weight), the same shape
  TensorPtr target;      // [N, C', H', W']
  TensorPtr error;       // prediction - target, the same shape
  TensorPtr prediction;  // null unless asked for
  // Beside a prediction: where the largest error by magnitude is, of each plane.
  std::vector<Yx> largest_errors;
  std::vector<float> bias;             // the learned one, or empty
  std::vector<float> bias_gradient;    // as many
  Optimizer optimizer;                 // which takes the next step
  std::vector<LossPoint> history;      // thinned to a bounded number of points
  std::vector<KeyframePtr> keyframes;  // states to go back to, the start first, likewise thinned
  std::vector<ComparedHistory> compared;
  std::shared_ptr<const TrainingAnalysis> analysis;  // null while it is being computed
  bool analysis_cancelled = false;                   // then it is computed after a reset
  std::optional<GradientCheck> check;  // of the gradient now; empty while the run goes on
  double distance = 0.0;               // to the exact answer, as in LossPoint
  std::shared_ptr<const LearningProblem> problem;
  std::string message;  // one sentence why the run can't go on, or why there is none; else empty
  std::string notice;   // one sentence which rule paused the run; else empty
};

using TrainingSnapshotPtr = std::shared_ptr<const TrainingSnapshot>;

// Where the largest value by magnitude of each plane is, picture after picture.
std::vector<Yx> largest_places(const Tensor& tensor);

// What the next step makes of the parameters.
Parameters next_parameters(const TrainingSnapshot& snapshot, float rate);

// What a run shows of itself; the rest is the worker's to fill in.
TrainingSnapshot snapshot_of(const TrainingRun& run, bool with_prediction);

}  // namespace convscope
