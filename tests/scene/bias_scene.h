#pragma once

#include "app/scene/edit.h"

namespace convscope::scene {

// Returns scenes that can be told apart by their bias.
inline Scene with_bias(float bias) {
  Scene scene = default_scene();
  first_layer(scene).kernel.bias = {bias};
  return scene;
}

inline Edit bias_edit(float bias) {
  return {LayerEdit{0, first_layer(with_bias(bias)).kernel}};
}

inline float bias_of(const Scene& scene) {
  return first_layer(scene).kernel.bias.front();
}

}  // namespace convscope::scene
