#pragma once

#include <memory>
#include <utility>

#include "app/session/scene_evaluation.h"
#include "tests/random_tensor.h"

// A scene that is worked on as a user does, step by step.
namespace convscope::session {

inline TensorPtr shared(Tensor tensor) {
  return std::make_shared<const Tensor>(std::move(tensor));
}

// Large enough that a change is brought into an old output instead of evaluating it anew.
inline Scene large_scene(Index channels = 1) {
  Scene scene = default_scene();
  scene.input.tensor = shared(random_tensor({1, channels, 300, 400}, 1));
  first_layer(scene).kernel.weight = random_tensor({1, 1, 7, 7}, 2);
  first_layer(scene).kernel.bias = {0.5f};
  return scene;
}

inline ResultsPtr evaluated(SceneEvaluation& evaluation, const Scene& scene) {
  return *evaluation.evaluate(scene, false, {});
}

inline void drag(Scene& scene, float value) {
  first_layer(scene).kernel.weight.at(2, 3) = value;
}

inline void stroke(Scene& scene, Index at, float value) {
  const Revision before = scene.input.tensor.revision();
  Tensor input = *scene.input.tensor;
  for (Index c = 0; c < input.shape().c; ++c) {
    for (Index i = 0; i < 5; ++i)
      input.at(0, c, at + i, 2 * at) = value;
  }
  scene.input.tensor = {std::make_shared<const Tensor>(std::move(input)),
                        before.followed_by({at, 2 * at, at + 5, 2 * at + 1})};
}

}  // namespace convscope::session
