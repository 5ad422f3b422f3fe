#pragma once

#include <variant>

#include "app/scene/scene.h"

namespace convscope {

// Replaces one part of the scene, or all of it. `continues` marks the second and later edits of one
// gesture (a brush stroke, a drag), which undo takes back as one step.
struct Edit {
  std::variant<InputScene, KernelScene, ConvScene, PoolScene, ChainScene, LearningScene, Scene>
      part;
  bool continues = false;
};

// Replaces the part of the scene that the edit carries.
void apply(Scene& scene, const Edit& edit);

}  // namespace convscope
