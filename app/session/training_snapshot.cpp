#include "app/session/training_snapshot.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/scene/shared_tensor.h"

namespace convscope::session {

std::vector<Yx> largest_places(const Tensor& tensor) {
  const Shape& s = tensor.shape();
  std::vector<Yx> places;
  for (Index n = 0; n < s.n; ++n) {
    for (Index c = 0; c < s.c; ++c) {
      const std::span<const float> plane = tensor.plane(n, c);
      const Index k =
          std::ranges::max_element(plane, {}, [](float v) { return std::abs(v); }) - plane.begin();
      places.push_back({k / s.w, k % s.w});
    }
  }
  return places;
}

namespace {

void add_planes(const TrainingRun& run, bool with_prediction, TrainingSnapshot& snapshot) {
  Tensor prediction = run.prediction();
  if (!with_prediction) {
    snapshot.error = shared_tensor(run.error_of(std::move(prediction)));
    return;
  }
  snapshot.error = shared_tensor(run.error_of(prediction));
  snapshot.prediction = shared_tensor(std::move(prediction));
  snapshot.largest_errors = largest_places(*snapshot.error);
}

}  // namespace

TrainingSnapshot snapshot_of(const TrainingRun& run, bool with_prediction) {
  TrainingSnapshot snapshot;
  snapshot.step = run.step_count();
  snapshot.start = run.start();
  snapshot.target = run.target();
  snapshot.message = run.message();
  snapshot.rates = run.rates();
  snapshot.history = run.history();
  snapshot.keyframes = run.keyframes();
  snapshot.analysis = run.analysis();
  snapshot.problem = run.data()->problem;
  snapshot.made_from = run.data();
  if (run.learner() == nullptr) return snapshot;
  snapshot.loss = run.loss();
  snapshot.weight = run.learner()->weight();
  snapshot.gradient = run.learner()->gradient();
  snapshot.bias = run.learner()->parameters().bias;
  snapshot.bias_gradient = run.learner()->gradients().bias;
  snapshot.optimizer = run.optimizer();
  snapshot.distance = run.distance();
  if (run.analysis()) {
    snapshot.along =
        errors_along(*run.analysis()->loss, run.analysis()->spectrum, run.learner()->parameters());
  }
  add_planes(run, with_prediction, snapshot);
  return snapshot;
}

Parameters next_parameters(const TrainingSnapshot& snapshot, float rate) {
  Parameters next{snapshot.weight, snapshot.bias};
  Optimizer optimizer = snapshot.optimizer;
  optimizer.step(next, {snapshot.gradient, snapshot.bias_gradient}, static_cast<double>(rate));
  return next;
}

}  // namespace convscope::session
