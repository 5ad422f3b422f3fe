#include "app/panels/parts/outlines.h"

#include <algorithm>
#include <cmath>

#include "app/look/grid_boxes.h"

namespace convscope::panels {

void add_outlines(const CellGrid& grid, ImU32 color, std::vector<ui::CellOutline>& outlines) {
  for (const look::CellBox& box : look::boxes_of(grid))
    outlines.push_back({box.y, box.x, box.h, box.w, color});
}

ImVec2 inset_for_outlines(const ui::Ui& ui) {
  const float rim = std::round(ui.theme.px(3.0f));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size = ImGui::GetContentRegionAvail();
  ImGui::SetCursorScreenPos({at.x + rim, at.y});
  return {std::max(1.0f, size.x - 2 * rim), size.y};
}

}  // namespace convscope::panels
