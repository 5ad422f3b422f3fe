#include "app/panels/parts/outlines.h"

#include <algorithm>
#include <cmath>

namespace convscope::panels {

void add_outlines(const CellGrid& grid, ImU32 color, std::vector<ui::CellOutline>& outlines) {
  constexpr Index kMaxCells = 600;
  if (grid.empty()) return;
  const bool touching =
      (grid.step.y <= 1 || grid.count.y == 1) && (grid.step.x <= 1 || grid.count.x == 1);
  if (touching || grid.count.y * grid.count.x > kMaxCells) {
    const Yx extent = grid.extent();
    outlines.push_back({grid.first.y, grid.first.x, extent.y, extent.x, color});
    return;
  }
  for (Index y = 0; y < grid.count.y; ++y) {
    for (Index x = 0; x < grid.count.x; ++x) {
      outlines.push_back(
          {grid.first.y + y * grid.step.y, grid.first.x + x * grid.step.x, 1, 1, color});
    }
  }
}

ImVec2 inset_for_outlines(const ui::Ui& ui) {
  const float rim = std::round(ui.theme.px(3.0f));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size = ImGui::GetContentRegionAvail();
  ImGui::SetCursorScreenPos({at.x + rim, at.y});
  return {std::max(1.0f, size.x - 2 * rim), size.y};
}

}  // namespace convscope::panels
