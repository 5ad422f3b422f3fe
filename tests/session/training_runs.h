#pragma once

#include <memory>

#include "app/session/training_run.h"
#include "engine/core/patterns.h"

namespace convscope::session {

inline std::unique_ptr<TrainingRun> run_of(const Scene& scene) {
  return TrainingRun::begin(training_setup(scene), {});
}

inline Scene noise_scene(OptimizerKind optimizer) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(make_pattern("noise", {9, 11}, 3));
  scene.learning.hidden = Tensor::from_rows({{1, -1, 0.5f}, {0, 2, -0.5f}});
  scene.learning.optimizer = optimizer;
  return scene;
}

}  // namespace convscope::session
