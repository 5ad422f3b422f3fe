#include "app/session/training_snapshot.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace convscope {
namespace {

void add_planes(const TrainingRun& run, bool with_prediction, TrainingSnapshot& snapshot) {
  if (!with_prediction) {
    snapshot.error = std::make_shared<const Tensor>(run.error());
    return;
  }
  Tensor prediction = run.prediction();
  Tensor error(prediction.shape());
  std::ranges::transform(prediction.values(), run.problem().target.values(), error.values().begin(),
                         std::minus<>());
  snapshot.prediction = std::make_shared<const Tensor>(std::move(prediction));
  snapshot.error = std::make_shared<const Tensor>(std::move(error));
}

}  // namespace

TrainingSnapshot snapshot_of(const TrainingRun& run, bool with_prediction) {
  TrainingSnapshot snapshot;
  snapshot.step = run.step_count();
  snapshot.start = run.start();
  snapshot.target = run.target();
  snapshot.message = run.message();
  snapshot.history = run.history();
  snapshot.keyframes = run.keyframes();
  snapshot.analysis = run.analysis();
  snapshot.problem = run.data()->problem;
  if (run.learner() == nullptr) return snapshot;
  snapshot.loss = run.loss();
  snapshot.weight = run.learner()->weight();
  snapshot.gradient = run.learner()->gradient();
  snapshot.bias = run.learner()->parameters().bias;
  snapshot.bias_gradient = run.learner()->gradients().bias;
  snapshot.optimizer = run.optimizer();
  if (run.analysis()) {
    snapshot.distance = distance_to_optimum(*run.analysis(), run.learner()->parameters());
  }
  add_planes(run, with_prediction, snapshot);
  return snapshot;
}

double distance_to_optimum(const TrainingAnalysis& analysis, const Parameters& parameters) {
  const std::vector<double> now = analysis.loss->flattened(parameters);
  double sum = 0.0;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const double d = now[i] - analysis.spectrum.optimum[i];
    sum += d * d;
  }
  return std::sqrt(sum);
}

Parameters next_parameters(const TrainingSnapshot& snapshot, float rate) {
  Parameters next{snapshot.weight, snapshot.bias};
  Optimizer optimizer = snapshot.optimizer;
  optimizer.step(next, {snapshot.gradient, snapshot.bias_gradient}, static_cast<double>(rate));
  return next;
}

}  // namespace convscope
