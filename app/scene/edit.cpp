#include "app/scene/edit.h"

#include <type_traits>

namespace convscope {

void apply(Scene& scene, const Edit& edit) {
  std::visit(
      [&](const auto& part) {
        using Part = std::decay_t<decltype(part)>;
        if constexpr (std::is_same_v<Part, InputScene>) scene.input = part;
        if constexpr (std::is_same_v<Part, KernelScene>) scene.kernel = part;
        if constexpr (std::is_same_v<Part, ConvScene>) scene.conv = part;
        if constexpr (std::is_same_v<Part, PoolScene>) scene.pool = part;
        if constexpr (std::is_same_v<Part, ChainScene>) scene.chain = part;
        if constexpr (std::is_same_v<Part, LearningScene>) scene.learning = part;
        if constexpr (std::is_same_v<Part, Scene>) scene = part;
      },
      edit.part);
  fit_channels(scene);
}

}  // namespace convscope
