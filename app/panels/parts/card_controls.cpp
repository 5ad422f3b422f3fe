#include "app/panels/parts/card_controls.h"

#include <algorithm>
#include <cmath>

#include "app/ui/rows.h"

namespace convscope::panels {

float height_above(const ui::Ui& ui, float controls) {
  return std::max(ui.theme.px(40.0f), ImGui::GetContentRegionAvail().y - controls);
}

void begin_controls(const ui::Ui& ui, float controls) {
  const ImVec2 min = ImGui::GetWindowPos();
  const float bottom = min.y + ImGui::GetWindowSize().y;
  ImGui::SetCursorScreenPos({min.x, std::max(min.y, bottom - std::max(controls, 1.0f))});
  ImGui::BeginGroup();
  // This item is as wide as the card, so that ui::flow puts the first control on a new row.
  ImGui::Dummy({ImGui::GetContentRegionAvail().x, std::round(ui.theme.px(2.0f))});
}

float end_controls(const ui::Ui& ui, float controls) {
  ImGui::EndGroup();
  // ImGui doesn't lay out a card that is scrolled out of sight, so its old height is kept.
  const float height = std::ceil(ImGui::GetItemRectSize().y);
  return height < ui::row_height(ui) ? controls : height;
}

}  // namespace convscope::panels
