#include "app/program/drop_place.h"

#include <array>
#include <utility>

namespace convscope::program {

std::optional<ArrayUse> use_at_pointer(const ui::ItemRegistry& items, ImVec2 pointer) {
  constexpr std::array kCards = {std::pair{"card/input", ArrayUse::kInput},
                                 std::pair{"card/layer-input", ArrayUse::kInput},
                                 std::pair{"card/kernel", ArrayUse::kKernel},
                                 std::pair{"card/layer-filters", ArrayUse::kKernel},
                                 std::pair{"card/error", ArrayUse::kTarget}};
  for (const auto& [card, use] : kCards) {
    const std::optional<ui::ItemRegistry::Rect> rect = items.find(card);
    if (rect && pointer.x >= rect->min.x && pointer.x < rect->max.x && pointer.y >= rect->min.y &&
        pointer.y < rect->max.y)
      return use;
  }
  return std::nullopt;
}

}  // namespace convscope::program
