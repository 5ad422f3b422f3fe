#pragma once

#include <cstddef>
#include <variant>

#include "app/scene/names.h"
#include "app/scene/scene.h"

namespace convscope::scene {

// Replaces one part of a layer, or all of it.
struct LayerEdit {
  std::size_t layer = 0;  // number of the layer in the scene, counted from 0
  std::variant<KernelScene, ConvScene, PoolingScene, LayerScene> part;
};

// Replaces one part of the scene, or all of it. `continues` marks the second and later edits of one
// gesture (a brush stroke, a drag), which undo takes back as one step.
struct Edit {
  std::variant<InputScene, LayerEdit, LayerList, LearningScene, BackwardScene, Scene> part;
  bool continues = false;
};

// Replaces the part of the scene that the edit carries. An edit of a layer that is no longer there
// changes nothing.
void apply(Scene& scene, const Edit& edit);

}  // namespace convscope::scene
