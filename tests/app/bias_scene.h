#pragma once

#include "app/scene/scene.h"

namespace convscope {

// Scenes that are told from each other by their bias.
inline Scene with_bias(float bias) {
  Scene scene = default_scene();
  scene.kernel.bias = {bias};
  return scene;
}

inline float bias_of(const Scene& scene) {
  return scene.kernel.bias.front();
}

}  // namespace convscope
