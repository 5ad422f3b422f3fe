#include "app/panels/parts/editor_box.h"

#include <algorithm>
#include <cmath>

#include "app/ui/rows.h"

namespace convscope::panels {

CellBox editor_box(const ui::Ui& ui, const ui::HeatmapEvent& event, Yx cell) {
  const auto y = static_cast<double>(cell.y);
  const auto x = static_cast<double>(cell.x);
  const ImVec2 a = event.screen(y, x);
  const ImVec2 b = event.screen(y + 1, x + 1);
  const float half = std::max((b.x - a.x) * 0.5f, ui.theme.px(36.0f));
  const float tall = std::max((b.y - a.y) * 0.5f, ui::row_height(ui) * 0.5f);
  const ImVec2 middle{std::round((a.x + b.x) * 0.5f), std::round((a.y + b.y) * 0.5f)};
  // Within the visible area, where it would otherwise be cut at the plane's edge.
  const ImVec2 lo = ImGui::GetWindowDrawList()->GetClipRectMin();
  const ImVec2 hi = ImGui::GetWindowDrawList()->GetClipRectMax();
  const auto within = [](float from, float length, float least, float most) {
    return std::max(least, std::min(from, most - length));
  };
  const ImVec2 min{within(middle.x - half, 2 * half, lo.x, hi.x),
                   within(middle.y - tall, 2 * tall, lo.y, hi.y)};
  return {min, {min.x + 2 * half, min.y + 2 * tall}};
}

}  // namespace convscope::panels
