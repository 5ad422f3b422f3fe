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
  return {{middle.x - half, middle.y - tall}, {middle.x + half, middle.y + tall}};
}

}  // namespace convscope::panels
