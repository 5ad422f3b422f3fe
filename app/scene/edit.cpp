#include "app/scene/edit.h"

#include <type_traits>

namespace convscope::scene {
namespace {

void apply(Scene& scene, const LayerEdit& edit) {
  if (edit.layer >= scene.layers.size()) return;
  LayerScene& layer = scene.layers[edit.layer];
  std::visit(
      [&](const auto& part) {
        using Part = std::decay_t<decltype(part)>;
        if constexpr (std::is_same_v<Part, KernelScene>) convolution(layer).kernel = part;
        if constexpr (std::is_same_v<Part, ConvScene>) convolution(layer).conv = part;
        if constexpr (std::is_same_v<Part, PoolingScene>) convolution(layer).pool = part;
        if constexpr (std::is_same_v<Part, LayerScene>) layer = part;
      },
      edit.part);
}

}  // namespace

void apply(Scene& scene, const Edit& edit) {
  std::visit(
      [&](const auto& part) {
        using Part = std::decay_t<decltype(part)>;
        if constexpr (std::is_same_v<Part, InputScene>) scene.input = part;
        if constexpr (std::is_same_v<Part, LayerEdit>) apply(scene, part);
        if constexpr (std::is_same_v<Part, LayerList>) scene.layers = part;
        if constexpr (std::is_same_v<Part, LearningScene>) scene.learning = part;
        if constexpr (std::is_same_v<Part, BackwardScene>) scene.backward = part;
        if constexpr (std::is_same_v<Part, Scene>) scene = part;
      },
      edit.part);
  fit_channels(scene);
}

}  // namespace convscope::scene
