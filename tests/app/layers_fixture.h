#pragma once

#include <utility>

#include "app/scene/layer_presets.h"
#include "tests/app/app_harness.h"

namespace convscope::program {

inline Scene colour_scene(Index pictures = 2, Index filters = 4) {
  Scene scene = default_scene();
  scene.input = noise_stack(pictures, 3, {12, 10}, 1);
  first_layer(scene).kernel = random_layer(filters, 3, {3, 3}, 1);
  return scene;
}

// Adds a second layer, [*, 4, 5, 4] -> 2 filters of 2 x 2.
inline Scene chain_scene() {
  Scene scene = colour_scene();
  first_layer(scene).relu = true;
  scene.layers.resize(2);
  convolution(scene.layers[1]).kernel = random_layer(2, 4, {2, 2}, 2);
  return scene;
}

// The program with its Layers page open.
class Layers : public AppHarness {
 public:
  explicit Layers(Scene scene, ImVec2 size = {1280, 720}, float font_scale = 1.0f)
      : AppHarness(size, std::move(scene), {.font_scale = font_scale, .page = Page::kLayers}) {
    settle();
  }
  const StageView& view() { return *app().live().stage().get(); }
  // Returns the middle of a cell of a tile whose plane has the shape `plane`.
  ImVec2 tile_cell(const std::string& tile, Index y, Index x, const Shape& plane) {
    return cell(tile, y, x, plane.h, plane.w);
  }
};

}  // namespace convscope::program
