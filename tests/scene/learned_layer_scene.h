#pragma once

#include <memory>

#include "app/scene/scene.h"
#include "tests/random_tensor.h"

namespace convscope::scene {

// Returns a scene that learns the four filters and biases of its layer from a stack of three.
inline Scene learned_layer_scene() {
  Scene scene;
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({3, 2, 9, 8}, 5));
  KernelScene& kernel = first_layer(scene).kernel;
  kernel.layer = true;
  kernel.weight = random_tensor({4, 2, 2, 3}, 6);
  kernel.bias = {0.1f, 0.2f, 0.3f, 0.4f};
  scene.learning.target = LearningTarget::kPanelKernel;
  scene.learning.bias = true;
  scene.learning.reduction = Reduction::kMean;
  return scene;
}

}  // namespace convscope::scene
